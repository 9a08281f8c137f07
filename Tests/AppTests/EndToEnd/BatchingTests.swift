import Model
import TestSupport
import Testing

/// Loads of many senders that share requests, through real processes and sockets.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct BatchingTests {
  /// Nothing here is sent because it has waited for too long, however slow the machine is.
  private static let options = [
    "--batch-requests-beyond", "1", "--batch-wait-seconds", "86400", "--disable-full-replication",
  ]

  private struct Stage {
    let gate = Gate()
    let upstream: ScriptedUpstream
    let proxy: ProxyProcess

    init(_ options: [String] = [], answer: @escaping @Sendable (ReceivedRequest) -> ScriptedAnswer) async throws {
      upstream = try await ScriptedUpstream.start { [gate] in .after(gate, answer($0)) }
      proxy = try await ProxyProcess.start(BatchingTests.options + options, upstream: upstream.url)
    }
  }

  /// Sends the first load, then the others, and lets the upstream answer when so many of those wait: all of them, if not
  /// said otherwise.
  ///
  /// - Returns: the statuses that the senders got, in the order of the loads.
  private func send(_ loads: [TestLoad], on stage: Stage, untilSoManyWait count: Int? = nil) async throws -> [Int] {
    try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for (number, load) in loads.enumerated() {
        group.addTask { (number, try await stage.proxy.post(load).status) }
        if number == 0 { try await stage.upstream.observed.wait(for: "a request") { $0.requestsInFlight == 1 } }
      }
      _ = try await stage.proxy.get("/metrics") { reply in
        MetricsText(reply.text).value(of: "open_metrics_proxy_waiting_shares") == Double(count ?? loads.count - 1)
      }
      stage.gate.open()
      var statuses = [Int](repeating: 0, count: loads.count)
      for try await (number, status) in group { statuses[number] = status }
      return statuses
    }
  }

  private func loads(_ instances: [String], _ labels: [[(String, String)]] = []) -> [TestLoad] {
    instances.enumerated().map { number, instance in
      var load = TestLoad()
      let more = labels.isEmpty ? [] : labels[number]
      load.add([("__name__", "up"), ("instance", instance), ("tenant_id", "acme")] + more)
      return load
    }
  }

  @Test func loadsThatWaitGoInOneRequest() async throws {
    let stage = try await Stage { _ in .answer(200) }
    let instances = (0..<9).map { "i\($0)" }
    #expect(try await send(loads(instances), on: stage) == Array(repeating: 200, count: 9))
    let requests = stage.upstream.requests
    #expect(requests.count == 2 && requests.allSatisfy { $0.tenant == "acme" })
    #expect(try requests[0].values(of: "instance") == ["i0"])
    #expect(try requests[1].values(of: "instance").sorted() == Array(instances.dropFirst()))
    #expect(try await stage.proxy.metric("open_metrics_proxy_batches_total") == 1)
    #expect(try await stage.proxy.metric("open_metrics_proxy_batched_shares_total") == 8)
    #expect(try await stage.proxy.metric(#"open_metrics_proxy_series{tenant_id="acme"}"#) == 9)
    try await stage.proxy.becomesIdle()
  }

  @Test func replicasOfAPairDoNotShareARequest() async throws {
    let stage = try await Stage { _ in .answer(200) }
    let replicas = ["a", "a", "b", "a", "b"]
    let loads = loads(["0", "1", "2", "3", "4"], replicas.map { [("cluster", "c"), ("__replica__", $0)] })
    // The first of either replica waits for nobody.
    #expect(try await send(loads, on: stage, untilSoManyWait: 3) == [200, 200, 200, 200, 200])
    let sent = try stage.upstream.requests.map { try $0.values(of: "__replica__") }
    #expect(sent.map { $0.joined() }.sorted() == ["a", "aa", "b", "b"])
  }

  @Test func aLoadThatIsRefusedIsRefusedAlone() async throws {
    let stage = try await Stage { request in
      let isBad = (try? request.values(of: "instance").contains("bad")) ?? true
      return isBad ? .answer(400, body: "out of order") : .answer(200)
    }
    #expect(try await send(loads(["first", "good", "bad", "fine"]), on: stage) == [200, 200, 400, 200])
    // The first, the three others, two of them, and the third; and each of the two where one of them is the bad one.
    #expect([4, 6].contains(stage.upstream.requests.count))
    let divided = #"open_metrics_proxy_divided_batches_total{reason="refused"}"#
    #expect(try await stage.proxy.metric(divided) == (stage.upstream.requests.count == 4 ? 1 : 2))
  }

  @Test func anAnswerThatDoesNotComeHoldsNobodyUp() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { request in
      let isStuck = (try? request.values(of: "instance") == ["stuck"]) ?? false
      return isStuck ? .after(gate, .answer(200)) : .answer(200)
    }
    let proxy = try await ProxyProcess.start(Self.options + ["--batch-wait-seconds", "0.1"], upstream: upstream.url)
    let loads = loads(["stuck", "next"])
    async let stuck = proxy.post(loads[0]).status
    try await upstream.observed.wait(for: "a request") { $0.requestsInFlight == 1 }
    #expect(try await proxy.post(loads[1]).status == 200)
    #expect(upstream.observed.value.requestsInFlight == 1)
    gate.open()
    #expect(try await stuck == 200)
  }

  @Test func aBatchIsNoLongerThanTheLimit() async throws {
    let stage = try await Stage(["--batch-length-limit", "250"]) { _ in .answer(200) }
    let instances = (0..<8).map { "i\($0)" }
    #expect(try await send(loads(instances), on: stage) == Array(repeating: 200, count: 8))
    let counts = try stage.upstream.requests.map { try $0.values(of: "instance").count }
    #expect(counts.reduce(0, +) == 8 && counts.allSatisfy { $0 <= 3 } && counts.max() == 3)
  }
}
