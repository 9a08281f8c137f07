import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

@Suite("Ruler: tenants")
struct RulerTenantsTests {
  /// Answers by path.
  private func ruler(_ answers: [String: (Int, String)]) -> ScriptedRuler {
    ScriptedRuler { request in
      let path = answers.keys.first { request.url.hasSuffix($0) } ?? ""
      let answer = answers[path] ?? (404, "404 page not found\n")
      return HTTPResponse(status: answer.0, body: Array(answer.1.utf8))
    }
  }

  @Test("the tenants are those that have rules or series")
  func union() async throws {
    let groups = try RecordedExchange("ruler-rule-groups-200")
    let stats = try RecordedExchange("all-user-stats-json-200")
    let ruler = ruler([
      "/ruler/rule_groups": (groups.status, groups.text), "/distributor/all_user_stats": (stats.status, stats.text),
    ])
    #expect(await CortexRulerClient(ruler).tenants() == RulerTenants(names: ["acme", "tnt1"]))
    #expect(ruler.requests.allSatisfy { $0.method == "GET" && $0.fields["X-Scope-OrgID"] == nil })
    let accepted = ruler.requests.first { $0.url.hasSuffix("all_user_stats") }?.fields["Accept"]
    #expect(accepted == stats.head.fields["Accept"])
  }

  @Test("Mimir lists its tenants elsewhere")
  func mimir() async {
    let ruler = ruler([
      "/ruler/tenants": (200, #"{"tenants":["a","0"]}"#), "/distributor/all_user_stats": (200, "[]"),
    ])
    #expect(await CortexRulerClient(ruler, dialect: .mimir).tenants() == RulerTenants(names: ["a", "0"]))
  }

  @Test(
    "Mimir leaves an empty list out",
    arguments: [
      (#"{"now":"2026-01-01T00:00:00Z"}"#, 0), (#"{"now":"2026-01-01T00:00:00Z","tenants":null}"#, 0),
      (#"{"tenants":[]}"#, 0), ("{}", 1), ("[]", 1), (#"{"status":"error"}"#, 1), ("<html>", 1),
    ])
  func mimirWithoutTenants(body: String, failures: Int) async {
    let ruler = ruler(["/ruler/tenants": (200, body), "/distributor/all_user_stats": (200, "[]")])
    let tenants = await CortexRulerClient(ruler, dialect: .mimir).tenants()
    #expect(tenants.names.isEmpty && tenants.failures.count == failures)
  }

  @Test("there may be none", arguments: [("", "null"), ("{}\n", "[]")])
  func none(groups: String, stats: String) async {
    let ruler = ruler(["/ruler/rule_groups": (200, groups), "/distributor/all_user_stats": (200, stats)])
    #expect(await CortexRulerClient(ruler).tenants() == RulerTenants(names: []))
  }

  @Test("a source that does not answer does not take the other's tenants away")
  func oneSource() async throws {
    let html = try RecordedExchange("all-user-stats-html-200")
    let ruler = ruler(["/ruler/rule_groups": (200, "a: {}\n1: {}\n"), "/distributor/all_user_stats": (200, html.text)])
    let tenants = await CortexRulerClient(ruler).tenants()
    #expect(tenants.names == ["a", "1"])
    #expect(tenants.failures.count == 1)
    #expect(tenants.failures[0].hasPrefix("http://cortex:8080/distributor/all_user_stats: status 200: "))
  }

  @Test("what does not answer is named")
  func noSource() async {
    let tenants = await CortexRulerClient(ScriptedRuler(500, "no")).tenants()
    #expect(tenants.names.isEmpty)
    #expect(
      tenants.failures == [
        "http://cortex:8080/ruler/rule_groups: status 500: no",
        "http://cortex:8080/distributor/all_user_stats: status 500: no",
      ])
  }

  @Test("URLs may have a prefix, and a slash at their end", arguments: ["", "/", "//", "/a/b", "/a/b/"])
  func prefix(suffix: String) async throws {
    let expected = suffix.hasPrefix("/a") ? "http://h:1/a/b" : "http://h:1"
    for (dialect, rules) in [(RulerDialect.cortex, "/api/v1/rules"), (.mimir, "/prometheus/config/v1/rules")] {
      let ruler = ScriptedRuler(500)
      let client = CortexRulerClient(ruler, url: "http://h:1" + suffix, dialect: dialect)
      _ = await client.rules(of: try TenantID("acme"))
      #expect(ruler.requests.map(\.url) == [expected + rules])
    }
  }

  @Test("fields and permission go out with every request, and permission as the file has it now")
  func permission() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "token-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    try "one\n".write(to: file, atomically: true, encoding: .utf8)
    let authorization = try UpstreamAuthorization(file: file.path, form: .bearer)
    let ruler = ScriptedRuler(500)
    let configuration = RulerClientConfiguration(
      rulerURL: "http://r/", distributorURL: "http://d/", fields: ["X-Own": "1"], authorization: authorization,
      timeout: .seconds(7), limits: YAMLLimits(maximumLength: 99))
    let client = CortexRulerClient(configuration, http: ruler)
    _ = await client.tenants()
    try "two\n".write(to: file, atomically: true, encoding: .utf8)
    try authorization.reload()
    try? await client.delete(RuleKey())
    #expect(ruler.requests.allSatisfy { $0.fields["X-Own"] == "1" })
    #expect(ruler.requests.allSatisfy { $0.timeout == .seconds(7) && $0.responseLimit == 99 })
    #expect(ruler.requests.map { $0.fields["Authorization"] } == ["Bearer one", "Bearer one", "Bearer two"])
  }

  private static let some = "a: [{name: g, rules: []}]\n"

  @Test(
    "a ruler that takes a request without a tenant tells none apart, unless the answers differ",
    arguments: [
      ((401, "no org id\n"), (404, "no rule groups found\n"), "isolated"),
      ((403, ""), (200, some), "isolated"),
      ((200, some), (200, some), "shared"),
      ((404, "no rule groups found\n"), (404, "no rule groups found\n"), "shared"),
      ((200, "{}\n"), (200, "{}\n"), "shared"),
      ((200, some), (404, "no rule groups found\n"), "isolated"),
      ((200, some), (200, "{}\n"), "isolated"),
      ((404, "404 page not found\n"), (200, some), "unknown"),
      ((200, some), (500, ""), "unknown"),
      ((503, ""), (200, some), "unknown"),
    ])
  func isolation(anonymous: (Int, String), invented: (Int, String), expected: String) async {
    let ruler = ScriptedRuler { request in
      let answer = request.fields["X-Scope-OrgID"] == nil ? anonymous : invented
      return HTTPResponse(status: answer.0, body: Array(answer.1.utf8))
    }
    let isolation = await CortexRulerClient(ruler).tenantIsolation()
    switch isolation {
    case .isolated: #expect(expected == "isolated")
    case .shared(let reason): #expect(expected == "shared" && !reason.isEmpty)
    case .unknown: #expect(expected == "unknown")
    }
    #expect(ruler.requests.allSatisfy { $0.method == "GET" })
  }
}
