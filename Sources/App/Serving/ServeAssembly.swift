import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The parts of a process that serves, put together.
struct ServeAssembly {
  private let files: FileWatcher
  private let hangup: HangupSignal
  private let proxy: ProxyAssembly?
  private let informer: InformerAssembly?

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Throws: `UsageError` where a file is not in order or an address cannot be had.
  init(_ configuration: ServeConfiguration, time: any TimeSource, logger: Logger) async throws {
    hangup = await HangupSignal()
    let security = try ListenerSecurity(configuration.listener.security)
    let common = CommonParts(
      listener: configuration.listener, security: security, drainTimeout: configuration.drainTimeout, time: time,
      logger: logger)
    files = FileWatcher(security.watched + configuration.authorizations, time: time, logger: logger)
    proxy =
      if let port = configuration.proxyPort {
        try await ProxyAssembly(configuration.proxy, port: port, common)
      } else {
        nil
      }
    informer =
      if let port = configuration.informerPort {
        try await InformerAssembly(configuration.informer, port: port, common)
      } else {
        nil
      }
    if proxy != nil, informer == nil, configuration.role == nil {
      logger.notice("the informer does not run: no rule store is configured")
    }
  }

  /// The parts that run, in the order in which they start, and end in the reverse order. The informer ends first: it
  /// has little to finish, and another informer may be waiting for it.
  var services: [any Service] {
    [
      SupervisedService(name: "file watcher") { [files] in await files.run() },
      SupervisedService(name: "hangup signal") { [hangup, files] in await hangup.forEach { files.check() } },
    ] + (proxy?.services ?? []) + (informer?.services ?? [])
  }
}
