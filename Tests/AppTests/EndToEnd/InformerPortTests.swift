import Foundation
import Model
import TestSupport
import Testing

/// What the informer answers on its port, and who may ask.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct InformerPortTests {
  private let rules: TemporaryDirectory

  init() throws {
    rules = try TemporaryDirectory()
  }

  @Test func bothRolesListen() async throws {
    let program = try ChildProcess(
      BuiltProduct.url("openmmt"),
      ["--port", "0", "--informer-port", "0", "--sandbox", "--sandbox-port", "0", "--rules-directory", rules.path])
    let proxy = try await program.port(of: "proxy", within: .seconds(30))
    let informer = try await program.port(of: "informer", within: .seconds(30))
    #expect(proxy != informer)
    for (port, role) in [(proxy, "proxy"), (informer, "informer")] {
      let metrics = try await HTTPProbe.request("GET", "/metrics", port: port).text
      #expect(MetricsText(metrics).value(of: #"open_metrics_build_info{version="0.1.0",role="\#(role)"}"#) == 1)
      #expect(try await HTTPProbe.request("GET", "/anything", port: port).text == "Up\n")
      #expect(try await HTTPProbe.request("GET", "/-/healthy", port: port).text == "OK\n")
    }
    #expect(try await HTTPProbe.request("POST", "/api/v1/push", port: informer, body: [1]).status == 405)
    #expect(try await program.terminate() == .code(0))
  }

  @Test func withoutAStoreOnlyTheProxyRuns() async throws {
    let proxy = try await ProxyProcess.start()
    try await proxy.process.errorLine(matching: "notice.*the informer does not run: no rule store is configured")
    #expect(!proxy.process.errorLines.contains { $0.contains("informer listening") })
  }

  @Test func theOriginalsNameWorks() async throws {
    let link = rules.url.appending(path: "open-metrics-multi-tenancy-informer")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: BuiltProduct.url("openmmt"))
    let program = try ChildProcess(
      link, ["--port", "0", "--rules-directory", rules.path, "--sandbox", "--sandbox-port", "0"])
    let port = try await program.port(of: "informer", within: .seconds(30))
    #expect(try await HTTPProbe.request(port: port).text == "Up\n")
    #expect(!program.errorLines.contains { $0.contains("proxy listening") })
    #expect(try await program.terminate() == .code(0))
  }

  @Test func itEncryptsAndAsksForPermission() async throws {
    let certificates = try await TestCertificates.shared
    let tokens = rules.path + "/tokens"
    try "first-token\n".write(toFile: tokens, atomically: true, encoding: .utf8)
    let program = try ChildProcess(
      BuiltProduct.url("openmmt"),
      [
        "--role", "informer", "--port", "0", "--rules-directory", rules.path, "--sandbox", "--sandbox-port", "0",
        "--bearer-token-file", tokens, "--protect-metrics", "--tls-certificate-file",
        certificates.server.certificate, "--tls-key-file", certificates.server.key,
      ])
    let port = try await program.port(of: "informer", within: .seconds(30))
    func status(_ path: String, _ arguments: String...) async throws -> String {
      let curl = try ChildProcess(
        URL(filePath: "/usr/bin/curl"),
        [
          "-sS", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}\\n", "--cacert",
          certificates.authority.certificate, "https://localhost:\(port)\(path)",
        ] + arguments)
      try await curl.waitForExit()
      return (curl.outputLines + curl.errorLines).joined(separator: " ")
    }
    for version in ["--http1.1", "--http2"] {
      #expect(try await status("/-/healthy", version) == "200")
      #expect(try await status("/metrics", version) == "401")
      #expect(try await status("/metrics", version, "-H", "Authorization: Bearer first-token") == "200")
      // The API server has no token to show.
      #expect(try await status("/validate", version, "-H", "Content-Type: application/json", "-d", "{}") == "400")
    }
    #expect(try await program.terminate() == .code(0))
  }

  @Test func theAPIServerIsAnswered() async throws {
    let program = try ChildProcess(
      BuiltProduct.url("openmmt"),
      ["--role", "informer", "--port", "0", "--rules-directory", rules.path, "--sandbox", "--sandbox-port", "0"])
    let port = try await program.port(of: "informer", within: .seconds(30))
    let question = #"""
      {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","object":{"apiVersion":
      "open-metrics.vgs.io/v1","kind":"OpenMetricsRule","metadata":{"name":"r"},"spec":{"tenants":["a"],"groups":
      [{"name":"g","rules":5}]}}}}
      """#
    let reply = try await HTTPProbe.request(
      "POST", "/validate?timeout=10s", port: port, fields: ["Content-Type": "application/json"],
      body: Array(question.utf8))
    #expect(reply.status == 200)
    #expect(reply.text.contains(#""uid":"u-1","allowed":false"#))
    #expect(reply.text.contains(#""field":"spec.groups[0]"#), "\(reply.text)")
    #expect(try await program.terminate() == .code(0))
  }
}
