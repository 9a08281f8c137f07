import Foundation
import Model
import TestSupport
import Testing

/// What the sender of a load is told, by what the upstream says to each tenant.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct AnswerTests {
  private let load = TestLoad(["", "acme", "beta"])

  @Test(arguments: AnswerCase.unavailable + AnswerCase.limited + AnswerCase.refused + AnswerCase.delivered)
  func theAnswerFollowsTheTable(_ row: AnswerCase) async throws {
    let upstream = try await ScriptedUpstream.start(script: row.script)
    let proxy = try await ProxyProcess.start(["--forward-timeout-seconds", "\(row.timeout)"], upstream: upstream.url)
    let reply = try await proxy.post(load)

    #expect(reply.status == row.status)
    #expect(reply.fields["Retry-After"] == row.retryAfter)
    let lines = reply.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == row.lines.count)
    for (line, beginning) in zip(lines, row.lines) { #expect(line.hasPrefix(beginning)) }
    #expect(!reply.fields.fields.contains { $0.name.lowercased().hasSuffix("-written") })

    let tries = Dictionary(grouping: upstream.requests) { $0.tenant ?? "" }.mapValues(\.count)
    for (tenant, count) in row.tries { #expect(tries[tenant] == count, "tries of \(tenant)") }
    #expect(Set(tries.keys) == ["0", "acme", "beta"])
    #expect(Set(upstream.requests.map(\.target)) == ["/api/v1/push"])
    for request in upstream.requests { try expectShare(request) }
  }

  /// Every try carries all of a tenant's series and no others.
  private func expectShare(_ request: ReceivedRequest) throws {
    let expected = ["0": ["", "acme", "beta"], "acme": ["acme"], "beta": ["beta"]]
    #expect(try request.values(of: "tenant_id") == expected[request.tenant ?? ""])
  }

  @Test func anUpstreamThatIsNotThereMeansComingAgain() async throws {
    let proxy = try await ProxyProcess.start(
      ["--forward-timeout-seconds", "1"], upstream: "http://127.0.0.1:\(FreePort.find())/")
    let reply = try await proxy.post(load)
    #expect(reply.status == 503)
    #expect(reply.fields["Retry-After"] == "1")
    #expect(reply.text.hasPrefix("tenant=0 error="))
    #expect(try await proxy.get("/-/ready").status == 200)
  }

  @Test func anUpstreamThatDoesNotAnswerInTimeMeansComingAgain() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { request in
      request.tenant == "acme" ? .after(gate, .answer(200)) : .answer(200)
    }
    let proxy = try await ProxyProcess.start(["--forward-timeout-seconds", "3"], upstream: upstream.url)
    let reply = try await proxy.post(load)
    #expect(reply.status == 503)
    #expect(reply.fields["Retry-After"] == "1")
    #expect(reply.text == "tenant=acme error=timeout\n")
    #expect(try await proxy.metric(#"open_metrics_proxy_upstream_requests_total{code="timeout"}"#) == 1)
    gate.open()
    #expect(try await proxy.post(load).status == 200)
  }

  @Test func aRetryAfterMayBeADate() async throws {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    let date = formatter.string(from: Date(timeIntervalSinceNow: 3600))
    let upstream = try await ScriptedUpstream.start { _ in .answer(503, fields: ["Retry-After": date]) }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let reply = try await proxy.post(load)
    #expect(reply.status == 503)
    let seconds = try #require(reply.fields["Retry-After"].flatMap { Int($0) })
    #expect(3000...3600 ~= seconds)
  }

  @Test func aLimitedTenantIsCountedAndLogged() async throws {
    let upstream = try await ScriptedUpstream.start { request in
      switch request.tenant {
      case "acme": .answer(429, body: "limit exceeded")
      case "beta": .answer(400, body: "out of order")
      default: .answer(200)
      }
    }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    #expect(try await proxy.post(load).status == 200)
    try await proxy.process.errorLine(matching: "limits a tenant: tenant=acme status=429 limit exceeded")
    try await proxy.process.errorLine(matching: "refused a tenant's series: tenant=beta status=400 out of order")
    let metrics = MetricsText(try await proxy.get("/metrics").text)
    let rejected = "open_metrics_proxy_rejected_series_total"
    #expect(metrics.value(of: rejected + #"{tenant_id="acme",reason="rate_limited"}"#) == 1)
    #expect(metrics.value(of: rejected + #"{tenant_id="beta",reason="refused"}"#) == 1)
    #expect(metrics.value(of: #"open_metrics_proxy_series{tenant_id="0"}"#) == 3)
    #expect(metrics.value(of: "open_metrics_proxy_failures") == 0)
    #expect(metrics.value(of: #"open_metrics_proxy_loads_total{code="200"}"#) == 1)
  }

  @Test func anErrorsTextFitsIntoWhatPrometheusLogs() async throws {
    let upstream = try await ScriptedUpstream.start { _ in .answer(400, body: String(repeating: "é", count: 200)) }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let reply = try await proxy.post(TestLoad((0..<50).map { "tenant-\($0)" }))
    #expect(reply.status == 400)
    #expect(reply.body.count <= 1024)
    let lines = reply.text.split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines { #expect(line.hasPrefix("tenant=")) }
  }

  @Test func nothingToSendIsSuccess() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(["--disable-full-replication"], upstream: upstream.url)
    var metadata = TestLoad()
    metadata.addMetadata("up")
    for load in [TestLoad([""]), TestLoad(), metadata] {
      let reply = try await proxy.post(load)
      #expect(reply.status == 200)
      #expect(reply.body.isEmpty)
    }
    #expect(upstream.requests.isEmpty)
    let dropped = #"open_metrics_proxy_dropped_series_total{tenant_id="",reason="no_tenant"}"#
    #expect(try await proxy.metric(dropped) == 1)
  }
}
