import InMemoryLogging
import Logging
import TestSupport
import Testing

@testable import Actors
@testable import Model

@Suite struct RefusalLogTests {
  private let time = ManualTime()
  private let log = InMemoryLogHandler()
  private let refusals: RefusalLog
  private let acme: TenantID

  init() throws {
    refusals = RefusalLog(logger: Logger(label: "test") { [log] _ in log }, time: time)
    acme = try TenantID("acme")
  }

  private func note(_ status: Int, isDefault: Bool = false) {
    let result = UpstreamResult.response(UpstreamResponse(status: status, message: "why"))
    refusals.note(TenantOutcome(tenant: acme, isDefault: isDefault, result: result))
  }

  @Test func aKindIsLoggedOnceAMinute() {
    for _ in 0..<3 { note(429) }
    time.advance(by: .seconds(60) - .nanoseconds(1))
    note(429)
    #expect(log.entries.count == 1)
    time.advance(by: .nanoseconds(1))
    for _ in 0..<3 { note(429) }
    #expect(log.entries.count == 2)
  }

  @Test func everyKindIsLoggedForItself() {
    for _ in 0..<2 {
      note(429)
      note(400)
      refusals.note(TenantRefusal(reason: .notAllowed(acme), series: 1))
      refusals.note(TenantRefusal(reason: .invalid(InvalidTenantID(name: "a/b", reason: .reserved)), series: 1))
    }
    let end = " (further ones are not logged for a minute)"
    #expect(
      log.entries.map { "\($0.level): \($0.message)" } == [
        "warning: upstream limits a tenant: tenant=acme status=429 why" + end,
        "warning: upstream refused a tenant's series: tenant=acme status=400 why" + end,
        "info: series not sent: tenant acme is not on the allow list" + end,
        "warning: series not sent: tenant ID 'a/b' is not allowed" + end,
      ])
  }

  /// What failed for a time is the sender's to log: it is told.
  @Test(arguments: [200, 204, 301, 408, 500, 503])
  func whatIsNotLostIsNotLogged(status: Int) {
    note(status)
    #expect(log.entries.isEmpty)
  }

  @Test func thePoolLogsWhatItDrops() async throws {
    let upstream = FakeUpstream { _ in .response(UpstreamResponse(status: 400)) }
    let stage = try PoolStage(upstream: upstream, allowedTenants: [acme])
    for load in 0..<3 { stage.offer(load, tenants: ["acme", "b", "c", "a/b"]) }
    await stage.drain()
    #expect(stage.log.entries.count == 3)
  }
}
