import Model
import TestSupport
import Testing

@testable import Transport

@Suite("Ruler: metrics")
struct RulerMetricsTests {
  private func sum(_ metrics: RulerMetrics, _ operation: String, _ code: String) -> (count: UInt64, seconds: Double) {
    let reading = metrics.requestSeconds.with(operation, code).value
    return (reading.counts.reduce(0) { $0 + UInt64($1) }, reading.sum)
  }

  @Test("every request is counted by what it does and what came of it, with how long it took")
  func requests() async throws {
    let time = ManualTime()
    let metrics = RulerMetrics()
    let ruler = ScriptedRuler { request throws(HTTPFailure) in
      time.advance(by: .milliseconds(250))
      switch request.method {
      case "POST": return HTTPResponse(status: 202)
      case "DELETE": throw .timeout
      default: return HTTPResponse(status: request.url.hasSuffix("/rules") ? 404 : 500, body: [])
      }
    }
    let client = CortexRulerClient(
      RulerClientConfiguration(rulerURL: "http://r", distributorURL: "http://d"), http: ruler, metrics: metrics,
      time: time)
    for _ in 0..<2 { _ = await client.rules(of: try TenantID("acme")) }
    _ = await client.group(try RuleKey())
    try await client.put(RuleGroup(name: "g", rules: []), as: try RuleKey())
    try? await client.delete(try RuleKey())
    #expect(sum(metrics, "list", "404") == (2, 0.5))
    #expect(sum(metrics, "get", "500") == (1, 0.25))
    #expect(sum(metrics, "put", "202") == (1, 0.25))
    #expect(sum(metrics, "delete", "timeout") == (1, 0.25))
    _ = await client.tenants()
    #expect(sum(metrics, "tenants", "500").count == 2)
    // What is not sent is not counted.
    _ = await client.group(try RuleKey("..", "g"))
    #expect(sum(metrics, "get", "500").count == 1)
  }

  @Test(
    "why there was no answer is a word",
    arguments: [
      (HTTPFailure.timeout, "timeout"), (.network("refused"), "network"), (.cancelled, "cancelled"),
      (.tooLong(limit: 5), "too_long"),
    ])
  func failures(failure: HTTPFailure, label: String) async throws {
    let metrics = RulerMetrics()
    let client = CortexRulerClient(
      RulerClientConfiguration(rulerURL: "http://r", distributorURL: "http://d"),
      http: ScriptedRuler { _ throws(HTTPFailure) in throw failure }, metrics: metrics, time: ManualTime())
    _ = await client.rules(of: try TenantID("acme"))
    #expect(sum(metrics, "list", label).count == 1)
  }
}
