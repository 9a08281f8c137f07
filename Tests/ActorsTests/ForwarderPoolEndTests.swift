import Model
import Synchronization
import TestSupport
import Testing

@testable import Actors

/// How a pool ends: drained, or cancelled in whatever state its loads are.
@Suite struct ForwarderPoolEndTests {
  private func message(_ tenants: String...) -> String {
    tenants.map { "tenant=\($0) error=cancelled" }.joined(separator: "\n")
  }

  @Test func aClosedMailboxLetsLoadsInWorkFinish() async throws {
    let stage = try PoolStage()
    stage.offer(1, tenants: ["a"])
    _ = try await stage.upstream.nextRequests()
    stage.offer(2, tenants: ["b"])
    stage.mailbox.close()
    #expect(!stage.offer(3, tenants: ["c"]))
    _ = try await stage.upstream.nextRequests()
    stage.upstream.complete("a", status: 200)
    stage.upstream.complete("b", status: 200)
    await stage.ended()
    #expect(stage.origin.answers.map(\.answer) == [.success, .success])
    #expect(Set(stage.origin.answers.map(\.id.number)) == [1, 2])
    #expect(stage.budget.inUse == 0)
    #expect(stage.mailbox.count == 0)
  }

  @Test func aCancelledPoolGivesUpWhatIsOnItsWay() async throws {
    let stage = try PoolStage()
    stage.offer(1, tenants: ["a", "b"])
    stage.offer(2, tenants: ["c"])
    _ = try await stage.upstream.nextRequests(3)
    stage.cancel()
    await stage.ended()
    #expect(stage.upstream.openCount == 0)
    #expect(stage.upstream.cancellationCount >= 2)
    let first = LoadAnswer.unavailable(message("a", "b"))
    #expect(try await stage.origin.answer(to: 1) == first)
    #expect(try await stage.origin.answer(to: 2) == .unavailable(message("c")))
    #expect(stage.origin.answers.count == 2)
    #expect(stage.budget.inUse == 0)
    #expect(stage.mailbox.count == 0)
  }

  @Test func aCancelledPoolGivesUpPauses() async throws {
    let stage = try PoolStage()
    stage.offer(tenants: ["a"])
    _ = try await stage.upstream.nextRequests()
    stage.upstream.complete("a", status: 500)
    _ = try await stage.time.nextSleep()
    stage.cancel()
    await stage.ended()
    #expect(stage.origin.answers.map(\.answer) == [.unavailable(message("a"))])
    #expect(stage.upstream.requests.count == 1)
    #expect(stage.time.sleeperCount == 0)
    #expect(stage.metrics.upstreamRetries.value == 0)
  }

  /// The upstream takes its time to end what was given up. Until then the load is not over, and what
  /// the upstream says at last is what counts.
  @Test func aCancelledLoadWaitsForWhatTheUpstreamSays() async throws {
    let stage = try PoolStage(upstream: FakeUpstream(obeysCancellation: false))
    stage.offer(tenants: ["a", "b"])
    _ = try await stage.upstream.nextRequests(2)
    stage.cancel()
    try await stage.upstream.nextCancellation()
    // A pool that does not wait gets the time to be found out.
    for _ in 0..<1000 { await Task.yield() }
    stage.upstream.complete("a", status: 200)
    stage.upstream.complete("b", with: .failure(.cancelled))
    await stage.ended()
    #expect(stage.origin.answers.map(\.answer) == [.unavailable(message("b"))])
    #expect(stage.metrics.series.with("a").value == 1)
  }

  /// The task is cancelled after it was decided what to send, and before the upstream has it.
  @Test func whatIsSentWhileThePoolIsCancelledIsGivenUp() async throws {
    let cancel = Mutex<(@Sendable () -> Void)?>(nil)
    let stage = try PoolStage(upstream: FakeUpstream(beforeSending: { cancel.withLock { $0 }?() }))
    cancel.withLock { $0 = { stage.cancel() } }
    stage.offer(tenants: ["a"])
    await stage.ended()
    #expect(stage.origin.answers.map(\.answer) == [.unavailable(message("a"))])
    #expect(stage.upstream.openCount == 0)
    cancel.withLock { $0 = nil }
  }

  @Test func loadsThatStillWaitAreAnsweredToo() async throws {
    let stage = try PoolStage()
    stage.cancel()
    let taken = (0..<20).filter { stage.offer($0, tenants: ["a"]) }
    await stage.ended()
    #expect(stage.origin.answers.map(\.id.number).sorted() == taken)
    #expect(stage.upstream.openCount == 0)
    #expect(stage.budget.inUse == 0)
  }

  /// Nothing is sent once a load is given up, wherever the pauses between its tries are by then.
  @Test(arguments: 0..<50)
  func noPauseEndsInARequest(round: Int) async throws {
    let stage = try PoolStage()
    let tenants = (0..<20).map { "t\($0)" }
    stage.offer(tenants: tenants)
    _ = try await stage.upstream.nextRequests(20)
    for tenant in tenants { stage.upstream.complete(tenant, status: 503) }
    for _ in tenants { _ = try await stage.time.nextSleep() }
    stage.cancel()
    await stage.ended()
    #expect(stage.upstream.requests.count == 20)
    #expect(stage.origin.answers.count == 1)
  }
}
