import Model
import TestSupport

@testable import Actors

/// An informer whose actors all run, over fakes and a clock that a test turns.
final class InformerStage: Sendable {
  let informer: TestInformer
  let directory: TenantDirectory
  private let work: Task<Void, Never>

  /// An informer that works from now on. Its updater looks at everything every 40 s, its tracker every 93 s.
  ///
  /// - Parameters:
  ///   - lease: what it takes part in an election over; without one it leads.
  ///   - configured: tenants that are looked for in any case.
  init(
    _ process: FakeProcess = FakeProcess(), in world: SyncWorld, settings: SyncSettings = SyncSettings(),
    lease: FakeLeaseStore? = nil, configured: Set<TenantID> = [], parallelism: Int = 4
  ) {
    let informer = TestInformer(process, in: world, settings: settings)
    let directory = TenantDirectory(
      configured: configured, ports: informer.ports, readiness: informer.readiness, time: world.time,
      logger: world.logger)
    let updater = RuleUpdater(
      configuration: PassConfiguration(interval: .seconds(40), parallelism: parallelism), sync: informer.sync,
      directory: directory, random: { 0 })
    let tracker = RuleTracker(
      configuration: PassConfiguration(interval: .seconds(93), parallelism: parallelism), sync: informer.sync,
      directory: directory, random: { 0 })
    let leadership = lease.map { lease in
      informer.cell.set(nil)
      return Leadership(
        configuration: ElectionConfiguration(identity: process.name), store: lease.store(of: process),
        cell: informer.cell, transitions: informer.metrics.leaderTransitions, time: world.time, logger: world.logger,
        random: { 0 })
    }
    self.informer = informer
    self.directory = directory
    work = Task {
      await withDiscardingTaskGroup { group in
        group.addTask { await informer.watch.run() }
        group.addTask { await informer.statuses.run(informer.sync.memory) }
        group.addTask { await updater.run() }
        group.addTask { await tracker.run() }
        if let leadership { group.addTask { await leadership.run() } }
      }
    }
  }

  /// Ends the informer.
  func end() async {
    work.cancel()
    await work.value
  }
}
