package import Logging
package import Model
internal import Synchronization

/// The OpenMetricsRule resources of a Kubernetes cluster.
package final class KubernetesRuleStore: RuleStore {
  /// Who the status belongs to.
  static let statusManager = "openmetricsrule-informer-status"
  /// How often an update is tried again when something else than the spec has changed in between.
  private static let updateAttempts = 3

  private let client: KubernetesClient
  private let configuration: KubernetesRuleStoreConfiguration
  private let logger: Logger
  private let random: @Sendable () -> Double
  private let reflected: Mutex<ReflectedResources>
  private let broadcast = Broadcast<RuleStoreSnapshot>()
  private let events: EventRecorder

  /// - Parameter random: numbers in 0 ..< 1 that spread requests.
  package init(
    client: KubernetesClient, configuration: KubernetesRuleStoreConfiguration, logger: Logger,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.client = client
    self.configuration = configuration
    self.logger = logger
    self.random = random
    reflected = Mutex(ReflectedResources(namespaceCount: configuration.namespaces?.count ?? 1))
    events = EventRecorder(
      client: client, instance: configuration.instance, backlog: configuration.eventBacklog, logger: logger)
  }

  private var namespaces: [String?] { configuration.namespaces?.sorted() ?? [nil] }

  /// Watches, and writes events, until the task is cancelled. The client has to run, too.
  package func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.events.run() }
      for namespace in namespaces { group.addTask { await self.reflector(of: namespace).run() } }
    }
    broadcast.finish()
  }

  private func reflector(of namespace: String?) -> NamespaceReflector {
    NamespaceReflector(
      client: client, namespace: namespace, selector: configuration.selector, resync: configuration.resync,
      logger: logger, random: random
    ) { [self] resources, faults in
      // Under the lock, so that the newest snapshot is sent last.
      reflected.withLock { reflected in
        if let snapshot = reflected.state(namespace, resources, faults) { broadcast.send(snapshot) }
      }
    }
  }

  package func snapshots() -> AsyncStream<RuleStoreSnapshot> {
    broadcast.values()
  }

  package func list() async throws(RuleStoreFailure) -> RuleStoreSnapshot {
    do throws(KubernetesFailure) {
      var snapshot = RuleStoreSnapshot(resources: [:])
      for namespace in namespaces {
        let listing = try await NamespaceReflector.list(by: client, in: namespace, configuration.selector)
        snapshot.resources.merge(listing.items) { $1 }
        snapshot.faults += listing.faults
      }
      snapshot.revision = reflected.withLock { $0.nextRevision() }
      return snapshot
    } catch {
      throw RuleStoreFailure(error)
    }
  }

  /// Applied and not posted, so that every field is this program's to change later.
  package func create(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    do throws(KubernetesFailure) {
      guard try await isMissing(rule.id) else { throw KubernetesFailure(.exists, "\(rule.id) is there already") }
      let (document, isNew) = try await client.apply(
        .openMetricsRule, rule.id, as: OpenMetricsRule.fieldManager, force: false, rule.appliedDocument)
      guard isNew else { throw KubernetesFailure(.exists, "\(rule.id) was created by somebody else") }
      return try Self.read(document)
    } catch {
      throw RuleStoreFailure(error)
    }
  }

  private func isMissing(_ id: ResourceID) async throws(KubernetesFailure) -> Bool {
    do throws(KubernetesFailure) {
      _ = try await client.get(.openMetricsRule, id)
      return false
    } catch  where error.kind == .notFound {
      return true
    }
  }

  package func update(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    do throws(KubernetesFailure) {
      var version = rule.resourceVersion
      for _ in 1..<Self.updateAttempts {
        do throws(KubernetesFailure) {
          return try await apply(rule, over: version)
        } catch  where error.kind == .conflict {
          // The status, which others write, moves the version too. Only the spec's generation is of interest,
          // and that a label of ours is still ours.
          let current = try Self.read(try await client.get(.openMetricsRule, rule.id))
          guard current.uid == rule.uid, current.generation == rule.generation, current.isWhollyOurs,
            current.ownLabels == rule.ownLabels, current.resourceVersion != version
          else { throw error }
          version = current.resourceVersion
        }
      }
      return try await apply(rule, over: version)
    } catch {
      throw RuleStoreFailure(error)
    }
  }

  private func apply(
    _ rule: OpenMetricsRule, over version: String
  ) async throws(KubernetesFailure) -> OpenMetricsRule {
    // Both, for where there is no such resource any more: it must not be created anew.
    let document = rule.appliedDocument.settingMetadata(["uid": rule.uid, "resourceVersion": version])
    return try Self.read(
      try await client.apply(
        .openMetricsRule, rule.id, as: OpenMetricsRule.fieldManager, force: false, document
      ).document)
  }

  private static func read(_ document: DocumentNode) throws(KubernetesFailure) -> OpenMetricsRule {
    do {
      return try OpenMetricsRule(document: document)
    } catch {
      throw KubernetesFailure(.unreadable, "the server answered with something else than an OpenMetricsRule: \(error)")
    }
  }

  package func writeStatus(_ status: RuleStatus, of rule: OpenMetricsRule) async throws(RuleStoreFailure) {
    do throws(KubernetesFailure) {
      _ = try await client.apply(
        .openMetricsRule, rule.id, subresource: "status", as: Self.statusManager, force: true,
        status.applied(to: rule.id))
    } catch {
      throw RuleStoreFailure(error)
    }
  }

  package func record(_ event: RuleEvent) async {
    events.record(event)
  }
}
