import InMemoryLogging
import Logging
import Model
import TestSupport

@testable import Actors

/// A forwarder pool with all that it needs, none of it real.
final class PoolStage: Sendable {
  let time = ManualTime()
  let upstream: FakeUpstream
  /// What the pool hands its requests to, on the way to ``upstream``.
  let transport: CountingUpstream
  let origin: FakeLoadOrigin
  let metrics = ProxyMetrics()
  let mailbox: Mailbox<Load>
  let lanes = LoadLanes()
  let budget: ByteBudget
  let routing: RoutingTableCell
  let log = InMemoryLogHandler()

  private let pool: ForwarderPool
  private let work: Task<Void, Never>

  /// A pool that waits half of a second before the first retry, and works from now on.
  init(
    upstream: FakeUpstream = FakeUpstream(), defaultTenants: [String] = [], allowedTenants: Set<TenantID>? = nil,
    configuration: ForwarderConfiguration = ForwarderConfiguration(
      retries: RetryPolicy(initialBackoff: .seconds(1), maximumBackoff: .seconds(4))),
    budgetLimit: Int = 1 << 30, mailbox: Mailbox<Load> = Mailbox(capacity: 100),
    origin: FakeLoadOrigin = FakeLoadOrigin(), batching: BatchingConfiguration? = nil
  ) throws {
    self.origin = origin
    self.upstream = upstream
    self.mailbox = mailbox
    budget = ByteBudget(limit: budgetLimit)
    routing = RoutingTableCell(
      RoutingTable(
        policy: TenancyPolicy(
          defaultTenants: try defaultTenants.map { name throws(InvalidTenantID) in try TenantID(name) },
          allowedTenants: allowedTenants)))
    let joined = batching.map { [time, metrics] batching in
      BatchingUpstream(upstream, configuration: batching, time: time, metrics: metrics)
    }
    transport = CountingUpstream(joined ?? upstream)
    pool = ForwarderPool(
      configuration: configuration, mailbox: mailbox, lanes: lanes, routing: routing,
      upstream: transport,
      compression: LiteralSnappy(), metrics: metrics, time: time, logger: Logger(label: "test") { [log] _ in log },
      random: { 0 })
    work = Task { [pool] in await pool.run() }
  }

  /// Hands in a load of one series for each of the tenants.
  @discardableResult
  func offer(_ id: Int = 1, tenants: [String], retryAttempt: String? = nil) -> Bool {
    offer(SmallLoad.block(tenants), id: id, retryAttempt: retryAttempt)
  }

  /// Hands in a load as a connection does: with its body's bytes reserved.
  @discardableResult
  func offer(_ body: SharedBytes, id: Int = 1, retryAttempt: String? = nil) -> Bool {
    let reservation = Reservation(of: budget)
    guard reservation.grow(by: body.count) else { return false }
    return lanes.offer(
      Load(
        id: RequestID(id), body: body, retryAttempt: retryAttempt, received: time.now, reservation: reservation,
        origin: origin), to: mailbox)
  }

  /// Takes no more loads, and returns when the last one is done.
  func drain() async {
    mailbox.close()
    await work.value
  }

  /// Has the pool give up what it works on.
  func cancel() {
    work.cancel()
  }

  /// Returns when the pool has ended.
  func ended() async {
    await work.value
  }
}
