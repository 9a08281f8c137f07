import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The parts of a process that serves, put together.
struct ServeAssembly {
  private let files: FileWatcher
  private let hangup: HangupSignal
  private let stores: RuleStores?
  private let proxy: ProxyAssembly?
  private let informer: InformerAssembly?

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Throws: `UsageError` where a file is not in order, an address cannot be had, or it is not known how to reach
  ///   something.
  init(_ configuration: ServeConfiguration, time: any TimeSource, logger: Logger) async throws {
    hangup = await HangupSignal()
    let security = try ListenerSecurity(configuration.listener.security)
    let common = CommonParts(
      listener: configuration.listener, security: security, drainTimeout: configuration.drainTimeout, time: time,
      logger: logger)
    files = FileWatcher(security.watched + configuration.authorizations, time: time, logger: logger)
    stores = try configuration.store.map { store in
      try RuleStores(
        store, informer: configuration.informerPort == nil ? nil : configuration.informer,
        proxy: configuration.proxyPort != nil && store.namesTenants ? configuration.proxy : nil,
        stateDirectory: configuration.stateDirectory, time: time, logger: logger)
    }
    proxy =
      if let port = configuration.proxyPort {
        try await ProxyAssembly(
          configuration.proxy, source: Self.source(of: configuration, stores), port: port, common)
      } else {
        nil
      }
    informer =
      if let port = configuration.informerPort, let stores, let own = stores.informer {
        try await InformerAssembly(
          configuration.informer, own, collectors: stores.collectors, port: port, common)
      } else {
        nil
      }
    if configuration.role == nil, configuration.store == nil {
      logger.notice("the informer does not run: no rule store is configured")
    }
  }

  private static func source(of configuration: ServeConfiguration, _ stores: RuleStores?) -> TenantSource? {
    guard let store = configuration.store, let tenants = stores?.tenants else { return nil }
    return TenantSource(
      name: store.name, store: tenants,
      memory: configuration.stateDirectory.map { TenantMemoryFile(directory: $0) })
  }

  /// The parts that run, in the order in which they start, and end in the reverse order. The informer ends first: it
  /// has little to finish, and another informer may be waiting for it.
  var services: [any Service] {
    [
      SupervisedService(name: "file watcher") { [files] in await files.run() },
      SupervisedService(name: "hangup signal") { [hangup, files] in await hangup.forEach { files.check() } },
    ] + (stores?.services ?? []) + (proxy?.services ?? []) + (informer?.services ?? [])
  }
}
