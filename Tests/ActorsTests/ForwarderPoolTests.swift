import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct ForwarderPoolTests {
  // MARK: Delivery

  @Test func everyTenantGetsItsShare() async throws {
    let stage = try PoolStage(defaultTenants: ["0"])
    let block = SmallLoad.block(["a", "b"])
    stage.offer(block, retryAttempt: "3")
    let requests = try await stage.upstream.nextRequests(3)
    #expect(requests.map(\.tenant.name) == ["0", "a", "b"])
    #expect(requests.map(\.retryAttempt) == ["3", "3", "3"])
    #expect(requests.allSatisfy { $0.timeout == .seconds(20) })
    #expect(requests[0].body === block)
    #expect(try LiteralSnappy.decompress(requests[1].body.array) == SmallLoad.body(["a"]))
    #expect(try LiteralSnappy.decompress(requests[2].body.array) == SmallLoad.body(["b"]))
    #expect(stage.origin.answers.isEmpty)
    for tenant in ["b", "a", "0"] { stage.upstream.complete(tenant, status: 200) }
    #expect(try await stage.origin.answer() == .success)
    await stage.drain()
  }

  @Test func theOutcomesAreMerged() async throws {
    let stage = try PoolStage()
    stage.offer(tenants: ["a", "b", "c"])
    _ = try await stage.upstream.nextRequests(3)
    stage.upstream.complete("a", status: 200)
    stage.upstream.complete("c", status: 400, message: "out of order")
    stage.upstream.complete("b", status: 503, retryAfter: .seconds(30), message: "no ingesters")
    #expect(
      try await stage.origin.answer()
        == LoadAnswer(
          status: 503, retryAfter: 30,
          message: "tenant=b status=503 no ingesters\ntenant=c status=400 out of order"))
    await stage.drain()
  }

  @Test func onlyTheTenantThatFailedIsTriedAgain() async throws {
    let stage = try PoolStage()
    stage.offer(tenants: ["a", "b"])
    _ = try await stage.upstream.nextRequests(2)
    stage.upstream.complete("a", status: 200)
    stage.upstream.complete("b", with: .failure(.network("reset")))
    #expect(try await stage.time.nextSleep() == stage.time.now + .milliseconds(500))
    stage.time.advance(by: .milliseconds(500))
    let again = try await stage.upstream.nextRequests()
    #expect(again.map(\.tenant.name) == ["b"])
    #expect(again.map(\.timeout) == [.milliseconds(19_500)])
    stage.upstream.complete("b", status: 200)
    #expect(try await stage.origin.answer() == .success)
    await stage.drain()
    #expect(stage.upstream.requests.count == 3)
    #expect(stage.metrics.upstreamRetries.value == 1)
  }

  @Test func theDeadlineEndsALoad() async throws {
    var configuration = ForwarderConfiguration(
      forwardTimeout: .seconds(5), retries: RetryPolicy(initialBackoff: .seconds(1), maximumBackoff: .seconds(4)))
    configuration.maximumParallelRequestsPerLoad = 1
    let stage = try PoolStage(configuration: configuration)
    stage.offer(tenants: ["a", "b"])
    #expect(try await stage.upstream.nextRequests().map(\.timeout) == [.seconds(5)])
    stage.time.advance(by: .seconds(5))
    stage.upstream.complete("a", with: .failure(.timeout))
    let message = "tenant=a error=timeout\ntenant=b error=timeout"
    #expect(try await stage.origin.answer() == LoadAnswer(status: 503, retryAfter: 1, message: message))
    await stage.drain()
    #expect(stage.upstream.requests.count == 1)
  }

  @Test func noMoreRequestsAreOnTheirWayThanAllowed() async throws {
    let stage = try PoolStage(configuration: ForwarderConfiguration(maximumParallelRequestsPerLoad: 2))
    let tenants = (0..<9).map { "t\($0)" }
    stage.offer(tenants: tenants)
    _ = try await stage.upstream.nextRequests(2)
    for tenant in tenants {
      #expect(stage.upstream.openCount <= 2)
      #expect(stage.upstream.complete(tenant, status: 200))
    }
    #expect(try await stage.origin.answer() == .success)
    await stage.drain()
  }

  /// More loads than there are threads, all of them with an upstream that answers at once.
  @Test func manyLoadsGoOnAtATime() async throws {
    let upstream = FakeUpstream { request in
      .response(UpstreamResponse(status: request.tenant.name.hasSuffix("7") ? 400 : 200))
    }
    let stage = try PoolStage(upstream: upstream)
    for load in 0..<100 { #expect(stage.offer(load, tenants: ["t\(load)", "t\(load)x"])) }
    for load in 0..<100 { #expect(try await stage.origin.answer(to: load) == .success) }
    await stage.drain()
    #expect(stage.budget.inUse == 0)
    #expect(stage.mailbox.count == 0)
  }

  // MARK: Loads that are not sent

  @Test(arguments: [[], ["a/b"], ["b"]])
  func nothingToSendIsWell(tenants: [String]) async throws {
    let stage = try PoolStage(allowedTenants: [try TenantID("a")])
    stage.offer(tenants: tenants)
    #expect(try await stage.origin.answer() == .success)
    await stage.drain()
    #expect(stage.upstream.requests.isEmpty)
    #expect(stage.budget.inUse == 0)
  }

  @Test(
    arguments: [
      ([], "snappy"),
      (LiteralSnappy.compress([0x0A, 0x05, 0x00]), "protobuf"),
      (LiteralSnappy.compress(SmallLoad.body(["a"]) + [0x0A]), "protobuf"),
      (LiteralSnappy.compress(Array(repeating: 0, count: 1001)), "1001"),
    ] as [([UInt8], String)])
  func aBrokenBodyIsRefused(body: [UInt8], reason: String) async throws {
    let stage = try PoolStage(configuration: ForwarderConfiguration(decompressedLengthLimit: 1000))
    stage.offer(SharedBytes(body))
    let answer = try #require(await stage.origin.answer())
    #expect(answer.status == 400)
    #expect(answer.retryAfter == nil)
    #expect(answer.message.contains(reason))
    await stage.drain()
    #expect(stage.upstream.requests.isEmpty)
    #expect(stage.budget.inUse == 0)
  }

  @Test func aLoadThatCanNeverHaveRoomIsRefusedForGood() async throws {
    let block = SmallLoad.block(["a", "b"])
    let stage = try PoolStage(budgetLimit: 2 * block.count)
    stage.offer(block)
    let answer = try #require(await stage.origin.answer())
    #expect(answer.status == 400)
    #expect(answer.retryAfter == nil)
    await stage.drain()
    #expect(stage.upstream.requests.isEmpty)
    #expect(stage.budget.inUse == 0)
  }

  @Test func aLoadWithoutRoomIsToldToComeAgain() async throws {
    let block = SmallLoad.block(["a", "b"])
    let stage = try PoolStage(budgetLimit: 1 << 20)
    let others = Reservation(of: stage.budget)
    #expect(others.grow(by: stage.budget.limit - 2 * block.count))
    stage.offer(block)
    let answer = try #require(await stage.origin.answer())
    others.shrink(to: 0)
    #expect(answer.status == 503)
    #expect(answer.retryAfter == 1)
    #expect(answer.message.contains("no room"))
    await stage.drain()
    #expect(stage.upstream.requests.isEmpty)
    #expect(stage.budget.inUse == 0)
  }

  // MARK: Routing

  @Test func aLoadIsRoutedByTheTableInForce() async throws {
    let stage = try PoolStage(upstream: FakeUpstream { _ in .response(UpstreamResponse(status: 200)) })
    stage.offer(1, tenants: ["a", "b"])
    _ = try await stage.origin.answer(to: 1)
    let policy = TenancyPolicy(allowedTenants: [try TenantID("b")])
    stage.routing.replace(with: RoutingTable(policy: policy))
    stage.offer(2, tenants: ["a", "b"])
    _ = try await stage.origin.answer(to: 2)
    #expect(stage.upstream.requests.map(\.tenant.name) == ["a", "b", "b"])
    await stage.drain()
  }

  // MARK: What is held

  /// While it is sent, a load holds its body and the requests that were written; then nothing.
  @Test func aLoadOnItsWayHoldsWhatIsSent() async throws {
    let stage = try PoolStage(defaultTenants: ["0", "1"])
    let block = SmallLoad.block(["a", "b"])
    stage.offer(block)
    let requests = try await stage.upstream.nextRequests(4)
    #expect(requests[0].body === block && requests[1].body === block)
    #expect(stage.budget.inUse == block.count + requests[2].body.count + requests[3].body.count)
    for tenant in ["0", "1", "a", "b"] { stage.upstream.complete(tenant, status: 400) }
    #expect(try await stage.origin.answer()?.status == 400)
    await stage.drain()
    #expect(stage.budget.inUse == 0)
  }
}
