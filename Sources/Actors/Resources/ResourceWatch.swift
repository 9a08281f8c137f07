package import Logging
package import Model

/// Follows the resources of a rule store, and passes them on checked and indexed.
package actor ResourceWatch {
  /// The newest view, for everybody. There is none before the store's first complete list.
  package nonisolated let views = Broadcast<ResourceView>()

  private let store: any RuleStore
  private let readiness: Readiness
  private let metrics: InformerMetrics
  private let logger: Logger
  private var machine: ResourceWatchStateMachine

  /// - Parameter readiness: says that the resources are not there yet, until they are.
  package init(
    store: any RuleStore, check: ResourceCheck, readiness: Readiness, metrics: InformerMetrics, logger: Logger
  ) {
    self.store = store
    self.readiness = readiness
    self.metrics = metrics
    self.logger = logger
    machine = ResourceWatchStateMachine(check)
    readiness.block(.resources, "no list of resources yet")
  }

  /// Reads everything anew, for whoever is about to conclude that something is not there.
  ///
  /// - Throws: why it could not be read wholly.
  func freshIndex() async throws(RuleStoreFailure) -> ResourceIndex {
    machine.index(of: try await store.list())
  }

  /// Works until the task is cancelled.
  package func run() async {
    for await snapshot in store.snapshots() { take(snapshot) }
  }

  func take(_ snapshot: RuleStoreSnapshot) {
    let actions = machine.received(snapshot)
    for fault in actions.newFaults { logger.warning("a resource cannot be read: \(fault)") }
    let failures = actions.checked.reduce(0) { $0 + $1.faults.count }
    if failures > 0 { metrics.validationFailures.increment(by: failures) }
    views.send(actions.view)
    readiness.clear(.resources)
  }
}
