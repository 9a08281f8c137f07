import Model
import TestSupport
import Testing

@testable import Actors

/// Joined requests as the transport and the senders see them.
@Suite struct BatchingUpstreamTests {
  private let time = ManualTime()
  private let metrics = ProxyMetrics()
  private let ok = UpstreamResult.response(UpstreamResponse(status: 200))

  private func batching(_ upstream: FakeUpstream, beyond count: Int = 1) -> BatchingUpstream {
    BatchingUpstream(
      upstream, configuration: BatchingConfiguration(requestsBeforeWaiting: count), time: time, metrics: metrics)
  }

  private func request(_ index: Int, _ series: [String], timeout: Duration = .seconds(20)) throws -> UpstreamRequest {
    UpstreamRequest(
      index: index, tenant: try TenantID("a"), body: SmallLoad.block(series), retryAttempt: nil, timeout: timeout)
  }

  private func series(_ request: UpstreamRequest) throws -> [String] {
    try Prometheus_WriteRequest(decoding: LiteralSnappy.decompress(request.body.array))
      .timeseries.map { $0.labels.last?.value ?? "" }
  }

  @Test func oneRequestHasTheSeriesOfAllThatWaited() async throws {
    let upstream = FakeUpstream()
    let batching = batching(upstream)
    let receivers = (FakeReceiver(), FakeReceiver())
    batching.send([try request(3, ["x"])], reportingTo: receivers.0)
    time.advance(by: .seconds(1))
    batching.send([try request(4, ["y", "z"]), try request(5, ["x"])], reportingTo: receivers.0)
    time.advance(by: .seconds(2))
    batching.send([try request(3, ["v"])], reportingTo: receivers.1)
    #expect(batching.waitingCount == 3)

    #expect(try series(try await upstream.nextRequests()[0]) == ["x"])
    time.advance(by: .seconds(3))
    upstream.complete("a", with: ok)
    let joined = try await upstream.nextRequests()[0]
    #expect(try series(joined) == ["y", "z", "x", "v"])
    #expect(joined.timeout == .seconds(15))
    #expect(receivers.0.results == [3: [ok]] && receivers.1.results.isEmpty)

    upstream.complete("a", status: 204)
    let done = UpstreamResult.response(UpstreamResponse(status: 204))
    #expect(receivers.0.results == [3: [ok], 4: [done], 5: [done]])
    #expect(receivers.1.results == [3: [done]])
    #expect(metrics.batches.value == 1 && metrics.batchedShares.value == 3)
    #expect(upstream.openCount == 0 && batching.waitingCount == 0)
  }

  @Test func aRequestThatDoesNotWaitIsSentAsItIs() async throws {
    let upstream = FakeUpstream()
    let sent = try request(0, ["x"])
    batching(upstream).send([sent], reportingTo: FakeReceiver())
    let arrived = try await upstream.nextRequests()[0]
    #expect(arrived.body === sent.body && arrived.timeout == .seconds(20) && arrived.tenant == sent.tenant)
    #expect(metrics.batches.value == 0)
  }

  @Test func whoGivesUpIsToldSoAtOnce() async throws {
    let upstream = FakeUpstream()
    let batching = batching(upstream)
    let receiver = FakeReceiver()
    batching.send([try request(0, ["x"]), try request(1, ["y"])], reportingTo: receiver)
    batching.cancelRequests(of: receiver)
    let cancelled = [UpstreamResult.failure(.cancelled)]
    #expect(receiver.results == [0: cancelled, 1: cancelled])
    upstream.complete("a", with: ok)
    #expect(receiver.results == [0: cancelled, 1: cancelled])
    #expect(upstream.requests.count == 1)
  }

  /// Who is told of an end may send again at once, while this is still at it.
  @Test func whoIsToldMaySendAgainAtOnce() throws {
    let upstream = FakeUpstream(script: { [ok] _ in ok })
    let batching = batching(upstream)
    let more = FakeReceiver()
    let sendsMore = FakeReceiver { [request = try request(0, ["y"])] index in
      var next = request
      next.index = index
      batching.send([next], reportingTo: more)
    }
    batching.send(try (0..<50).map { try request($0, ["x"]) }, reportingTo: sendsMore)
    for receiver in [sendsMore, more] {
      #expect(receiver.results.count == 50 && receiver.results.values.allSatisfy { $0 == [ok] })
    }
  }

  @Test func whatHasWaitedForTooLongIsSentInTime() async throws {
    let upstream = FakeUpstream()
    let batching = batching(upstream)
    let running = Task { await batching.run() }
    let receiver = FakeReceiver()
    batching.send(try (0..<3).map { try request($0, ["x"]) }, reportingTo: receiver)
    _ = try await upstream.nextRequests()
    for _ in 0..<2 {
      _ = try await time.nextSleep()
      #expect(upstream.requests.count == 1)
      time.advance(by: .milliseconds(500))
    }
    #expect(try series(try await upstream.nextRequests()[0]) == ["x", "x"])
    running.cancel()
    await running.value
  }

  /// Loads as they come through a pool: one that the upstream refuses costs the others nothing.
  @Test func aLoadThatIsRefusedIsRefusedAlone() async throws {
    let upstream = FakeUpstream()
    let stage = try PoolStage(upstream: upstream, batching: BatchingConfiguration(requestsBeforeWaiting: 1))
    stage.offer(1, tenants: ["a"])
    _ = try await upstream.nextRequests()
    stage.offer(2, tenants: ["a", "a"])
    stage.offer(3, tenants: ["a"])
    try await stage.transport.requests(3)
    upstream.complete("a", status: 200)
    let joined = try await upstream.nextRequests()[0]
    #expect(try series(joined).count == 3)
    upstream.complete("a", status: 400, message: "too old")
    for _ in 0..<2 {
      let isRefused = try series(try await upstream.nextRequests()[0]).count == 2
      upstream.complete("a", status: isRefused ? 400 : 200)
    }
    #expect(try await stage.origin.answer(to: 1) == .success)
    #expect(try await stage.origin.answer(to: 2)?.status == 400)
    #expect(try await stage.origin.answer(to: 3) == .success)
    await stage.drain()
    #expect(stage.budget.inUse == 0)
    #expect(stage.metrics.dividedBatches.with("refused").value == 1)
  }

  /// What the delivery tries again goes with its like.
  @Test func whatFailsForAllIsTriedAgain() async throws {
    let upstream = FakeUpstream()
    let stage = try PoolStage(upstream: upstream, batching: BatchingConfiguration(requestsBeforeWaiting: 1))
    for id in 1...3 { stage.offer(id, tenants: ["a"]) }
    try await stage.transport.requests(3)
    upstream.complete("a", status: 200)
    _ = try await upstream.nextRequests(2)
    upstream.complete("a", status: 503)
    for _ in 0..<2 { _ = try await stage.time.nextSleep() }
    stage.time.advance(by: .seconds(1))
    try await stage.transport.requests(5)
    let retries = upstream.requests.dropFirst(2)
    #expect(retries.allSatisfy(\.isRetry) && retries.count == 1)
    upstream.complete("a", status: 200)
    _ = try await upstream.nextRequests()
    upstream.complete("a", status: 200)
    for id in 1...3 { #expect(try await stage.origin.answer(to: id) == .success) }
    await stage.drain()
  }

  @Test func aPoolThatIsCancelledWaitsForNobody() async throws {
    let upstream = FakeUpstream()
    let stage = try PoolStage(upstream: upstream, batching: BatchingConfiguration(requestsBeforeWaiting: 1))
    for id in 1...3 { stage.offer(id, tenants: ["a"]) }
    try await stage.transport.requests(3)
    stage.cancel()
    await stage.ended()
    for id in 1...3 { #expect(try await stage.origin.answer(to: id)?.status == 503) }
  }
}
