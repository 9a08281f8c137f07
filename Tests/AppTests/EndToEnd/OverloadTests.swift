import Foundation
import Model
import TestSupport
import Testing

/// More load than fits while the upstream stands still.
@Suite(.timeLimit(.minutes(3)))
struct OverloadTests {
  private static let limit = 2 << 20
  private static let senders = 64

  /// A load of about 100 kB, most of which is not compressed.
  private static func load(_ number: Int) -> TestLoad {
    var load = TestLoad()
    load.add([("__name__", "up"), ("padding", String(repeating: "x", count: 100_000)), ("tenant_id", "t\(number)")])
    return load
  }

  /// The most memory that a process had at any time, in bytes.
  private func peakMemory(of process: ChildProcess) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(process.id)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber))) << 10
  }

  @Test func whatDoesNotFitIsSentAwayAndTheProcessStaysSmall() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(
      ["--max-bytes-in-flight", "\(Self.limit)", "--forward-timeout-seconds", "120", "--disable-full-replication"],
      upstream: upstream.url)
    let refused = Watched(0)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<Self.senders {
        group.addTask {
          // Each comes back once, as a sender does.
          for _ in 0..<2 {
            let reply = try await proxy.post(Self.load(number), within: .seconds(120))
            guard reply.status == 503 else { return reply.status }
            #expect(reply.fields["Retry-After"] == "1")
            refused.update { $0 += 1 }
          }
          return 503
        }
      }
      try await expectStandstill(proxy, refused, upstream)
      gate.open()
      let statuses = try await group.reduce(into: []) { $0.append($1) }
      #expect(Set(statuses) == [200, 503])
    }
    #expect(try peakMemory(of: proxy.process) < Self.limit + 100 << 20)
    for number in 0..<8 { #expect(try await proxy.post(Self.load(number)).status == 200) }
    try await proxy.becomesIdle()
    #expect(try await proxy.process.terminate() == .code(0))
  }

  /// Scrapes until every sender has its answer or its load at the upstream.
  private func expectStandstill(
    _ proxy: ProxyProcess, _ refused: Watched<Int>, _ upstream: ScriptedUpstream
  ) async throws {
    var most = 0.0
    _ = try await proxy.get("/metrics") { reply in
      let metrics = MetricsText(reply.text)
      most = max(most, metrics.value(of: "open_metrics_proxy_bytes_in_flight") ?? .infinity)
      let admitted = upstream.observed.value.requestsInFlight
      // Whoever was refused once and taken then is counted in both: those who gave up were refused twice.
      return metrics.value(of: "open_metrics_proxy_loads_in_flight") == Double(admitted)
        && refused.value >= 2 * (Self.senders - admitted) && admitted > 0
    }
    #expect(most > 0)
    #expect(most <= Double(Self.limit))
    #expect(try await proxy.get("/-/ready").status == 200)
  }
}
