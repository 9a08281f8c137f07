import Actors
import FoundationEssentials
import Logging
import Model
import ServiceLifecycle
import Transport

/// The stores of rules that a process needs, and what has to run for them.
struct RuleStores {
  /// What the informer reads and writes beside the ruler.
  struct Informer {
    let store: any RuleStore
    let ledgers: any LedgerStore
    let leases: any LeaseStore
  }

  /// `nil` where that role is not played.
  private(set) var informer: Informer?
  /// Where the proxy learns of tenants; `nil` where it does not.
  private(set) var tenants: (any RuleStore)?
  /// What has to run for anything to be read or written, until it is cancelled.
  private(set) var clients: [@Sendable () async -> Void] = []
  /// What has to run for changes to be seen.
  private var watches: [any RuleStore] = []
  /// What there is to show.
  private(set) var collectors: [any MetricCollector] = []

  /// - Parameters:
  ///   - informer: `nil` where that role is not played.
  ///   - proxy: `nil` where it does not learn of tenants here.
  ///   - stateDirectory: where ledgers and the lease are beside a directory of rules; `nil` for a place in it.
  /// - Throws: `UsageError` where it is not known how to reach the store.
  init(
    _ configuration: RuleStoreConfiguration, informer: InformerConfiguration?, proxy: ProxyConfiguration?,
    stateDirectory: String?, time: any TimeSource, logger: Logger
  ) throws(UsageError) {
    switch configuration {
    case .directory(let path):
      let store = RuleDirectory(path, reader: YAMLReader(), time: time, logger: logger)
      watches = [store]
      if let informer { try use(store, at: stateDirectory ?? "\(path)/.openmmt", informer) }
      if proxy != nil { tenants = store }
    case .kubernetes(let kubernetes):
      let client = try Self.client(kubernetes, time: time, logger: logger)
      use(client, kubernetes, informer: informer, proxy: proxy, logger: logger)
    }
  }

  /// The parts that run, in the order in which they start.
  var services: [any Service] {
    clients.map { client in SupervisedService(name: "client of the rule store") { await client() } }
      + watches.map { store in SupervisedService(name: "rule store") { await store.run() } }
  }

  // MARK: A directory

  private mutating func use(
    _ store: RuleDirectory, at stateDirectory: String, _ informer: InformerConfiguration
  ) throws(UsageError) {
    if !informer.settings.isDryRun {
      do {
        try FileManager.default.createDirectory(atPath: stateDirectory, withIntermediateDirectories: true)
      } catch {
        throw UsageError(
          "the directory \(stateDirectory), for what both sides last agreed on, cannot be made: \(error)")
      }
    }
    self.informer = Informer(
      store: store, ledgers: LedgerFiles(directory: stateDirectory),
      leases: LeaseFile(directory: stateDirectory, name: informer.leaseName))
  }

  // MARK: Kubernetes

  private static func client(
    _ configuration: KubernetesStoreConfiguration, time: any TimeSource, logger: Logger
  ) throws(UsageError) -> KubernetesClient {
    let source = KubernetesConfigurationSource(
      kubeconfig: configuration.kubeconfig, context: configuration.context,
      environment: ProcessInfo.processInfo.environment)
    do {
      let access = try source.load(reading: YAMLReader(), time: time)
      logger.info("resources are in Kubernetes at \(access.server), by \(access.source)")
      return KubernetesClient(
        configuration: access, userAgent: "openmmt/\(Version.current)", limits: configuration.limits, time: time)
    } catch {
      throw UsageError("\(error)")
    }
  }

  private mutating func use(
    _ client: KubernetesClient, _ configuration: KubernetesStoreConfiguration, informer: InformerConfiguration?,
    proxy: ProxyConfiguration?, logger: Logger
  ) {
    collectors = client.metrics.all
    clients = [{ await client.run() }]
    if let informer {
      let store = add(client, configuration, namespaces: informer.namespaces, logger)
      let namespace = informer.leaseNamespace ?? client.namespace
      self.informer = Informer(
        store: store, ledgers: KubernetesLedgerStore(client: client, namespace: namespace),
        leases: KubernetesLeaseStore(client: client, namespace: namespace, name: informer.leaseName))
      if let proxy, proxy.namespaces == informer.namespaces { tenants = store }
    }
    if let proxy, tenants == nil {
      tenants = add(client, configuration, namespaces: proxy.namespaces, logger)
    }
  }

  /// Adds a store, and has it run.
  private mutating func add(
    _ client: KubernetesClient, _ configuration: KubernetesStoreConfiguration, namespaces: Set<String>?,
    _ logger: Logger
  ) -> KubernetesRuleStore {
    let store = KubernetesRuleStore(
      client: client,
      configuration: KubernetesRuleStoreConfiguration(
        namespaces: namespaces, selector: configuration.selector.text, resync: configuration.pollInterval,
        instance: ProcessInfo.processInfo.hostName),
      logger: logger)
    watches.append(store)
    return store
  }
}
