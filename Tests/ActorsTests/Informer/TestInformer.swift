import Model
import TestSupport

@testable import Actors

/// What passes need, of one informer. Nothing runs by itself: the resources are looked at when the test says so.
final class TestInformer: Sendable {
  let process: FakeProcess
  let cell: LeadershipCell
  let watch: ResourceWatch
  let sync: TenantSync
  let metrics = InformerMetrics()
  let readiness = Readiness()
  let statuses: StatusWriter
  let ports: SyncPorts

  private let resources: FakeRuleStore

  /// - Parameter resources: what it watches, where that is not all there is.
  init(
    _ process: FakeProcess = FakeProcess(), in world: SyncWorld, settings: SyncSettings = SyncSettings(),
    watching resources: FakeRuleStore? = nil, planned: @escaping @Sendable (Plan) -> Void = { _ in }
  ) {
    let resources = resources ?? world.store
    self.process = process
    self.resources = resources
    cell = LeadershipCell(time: world.time)
    cell.set(.unlimited)
    let store = resources.store(of: process)
    ports = SyncPorts(
      ruler: world.ruler.client(of: process), store: store, ledgers: world.ledgers.store(of: process))
    watch = ResourceWatch(
      store: store, check: settings.check, readiness: readiness, metrics: metrics, logger: world.logger)
    statuses = StatusWriter(
      store: store, watch: watch, leadership: cell, metrics: metrics, time: world.time, logger: world.logger)
    sync = TenantSync(
      settings: settings, ports: ports, watch: watch, leadership: cell, statuses: statuses, metrics: metrics,
      time: world.time, logger: world.logger, planned: planned)
  }

  /// Looks at the resources, and does a pass.
  @discardableResult
  func pass(_ half: SyncHalf, over tenant: TenantID) async -> PassEnd {
    await watch.take(resources.snapshot)
    return await sync.pass(over: tenant, half)
  }

  /// How the groups of a tenant stand, such as `rules/cpu` and `Synced`.
  func states(of tenant: TenantID) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: sync.memory.reports(of: tenant).map { key, report in
        ("\(key.namespace)/\(key.group)", report.outcome.state.rawValue)
      })
  }
}
