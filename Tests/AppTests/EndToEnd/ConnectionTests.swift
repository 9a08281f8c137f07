import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// Connections of the whole program: addresses, limits, senders that go away.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct ConnectionTests {
  @Test(arguments: [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:"), ("localhost", "http://")])
  func theInterfaceIsChosen(interface: String, url: String) async throws {
    let proxy = try await ProxyProcess.start(["--interface", interface])
    #expect(proxy.process.errorLines.contains { $0.contains("proxy listening on " + url) })
    let probe = try await HTTPProbe.connect(to: proxy.port, host: interface)
    try await probe.send("GET", "/")
    #expect(try await probe.reply().text == "Up\n")
  }

  @Test func connectionsBeyondTheLimitAreClosed() async throws {
    let proxy = try await ProxyProcess.start(["--max-connections", "2"])
    let probes = [try await HTTPProbe.connect(to: proxy.port), try await HTTPProbe.connect(to: proxy.port)]
    for probe in probes {
      try await probe.send("GET", "/")
      #expect(try await probe.reply().status == 200)
    }
    let third = try await HTTPProbe.connect(to: proxy.port)
    #expect(try await third.waitForClose().isEmpty)
    try await probes[0].send("GET", "/metrics")
    let metrics = MetricsText(try await probes[0].reply().text)
    #expect(metrics.value(of: "open_metrics_proxy_connections") == 2)
    #expect(metrics.value(of: "open_metrics_proxy_connections_refused_total") == 1)
    try await probes[1].send("GET", "/")
    #expect(try await probes[1].reply().status == 200)

    try await probes[1].close()
    // That a connection is gone is known at the other end a moment later.
    try await open(to: proxy.port)
  }

  private func open(to port: Int) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let probe = try await HTTPProbe.connect(to: port)
      // A refused connection may be gone before the request is.
      try? await probe.send("GET", "/")
      if let reply = try? await probe.reply() {
        #expect(reply.status == 200)
        return
      }
    }
    Issue.record("no connection although one was closed")
  }

  @Test func aSenderThatGoesAwayBeforeItsLoadIsCompleteLeavesNothing() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let probe = try await HTTPProbe.connect(to: proxy.port)
    let body = try TestLoad(["acme"]).body()
    try await probe.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
    try await probe.send(Array(body.dropLast()))
    let bytes = "open_metrics_proxy_bytes_in_flight"
    _ = try await proxy.get("/metrics") { MetricsText($0.text).value(of: bytes) == Double(body.count - 1) }
    try await probe.close()
    _ = try await proxy.get("/metrics") { MetricsText($0.text).value(of: bytes) == 0 }
    #expect(upstream.requests.isEmpty)
  }

  @Test func aSenderThatGoesAwayBeforeItsAnswerLeavesNothing() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(["--forward-timeout-seconds", "60"], upstream: upstream.url)
    let probe = try await HTTPProbe.connect(to: proxy.port)
    try await probe.send("POST", "/", fields: TestLoad.fields, body: TestLoad(["acme"]).body())
    try await upstream.requests(count: 2)
    try await probe.close()
    _ = try await proxy.get("/metrics") { MetricsText($0.text).value(of: "open_metrics_proxy_connections") == 1 }
    gate.open()
    _ = try await proxy.get("/metrics") { reply in
      let metrics = MetricsText(reply.text)
      return metrics.value(of: "open_metrics_proxy_bytes_in_flight") == 0
        && metrics.value(of: "open_metrics_proxy_loads_in_flight") == 0
    }
    #expect(try await proxy.post(TestLoad(["acme"])).status == 200)
    #expect(upstream.requests.count == 4)
  }

  @Test func theEnvironmentsProxyIsHeededOnlyWhereThatIsAskedFor() async throws {
    let upstream = try await ScriptedUpstream.start()
    let forwarder = try await ScriptedUpstream.start()
    let environment = ["http_proxy": "http://127.0.0.1:\(forwarder.port)"]
    let direct = try await ProxyProcess.start(upstream: upstream.url, environment: environment)
    #expect(try await direct.post(TestLoad([""])).status == 200)
    #expect(upstream.requests.count == 1)
    #expect(forwarder.requests.isEmpty)

    let indirect = try await ProxyProcess.start(
      ["--upstream-proxy-from-environment"], upstream: upstream.url, environment: environment)
    #expect(try await indirect.post(TestLoad([""])).status == 200)
    #expect(upstream.requests.count == 1)
    #expect(forwarder.requests.map(\.target) == [upstream.url])
  }
}
