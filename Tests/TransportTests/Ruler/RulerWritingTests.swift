import Model
import TestSupport
import Testing

@testable import Transport

@Suite("Ruler: writing")
struct RulerWritingTests {
  private static let group = RuleGroup(
    name: "other", interval: "60s", queryOffset: "0s", limit: "10", labels: ["team": "a"],
    rules: [Rule(record: "a:b", expression: "sum(up) # 1/2\n"), Rule(alert: "A", expression: "up", pendingFor: "5m")],
    otherFields: [DocumentField("source_tenants", DocumentNode(.sequence([.text("x"), .text("1e3")])))])

  @Test(
    "a group is posted to its namespace under the key's name, as YAML that every ruler reads",
    arguments: ["rules-post-202", "rules-post-namespace-escaped-202"])
  func put(name: String) async throws {
    let recording = try RecordedExchange(name)
    let ruler = ScriptedRuler(recording)
    let namespace = recording.head.target.hasSuffix("default") ? "default" : "team/a b"
    try await CortexRulerClient(ruler).put(Self.group, as: RuleKey(namespace, "g1"))
    let request = try #require(ruler.requests.first)
    #expect(request.line == "POST http://cortex:8080\(recording.head.target)")
    #expect(request.fields["X-Scope-OrgID"] == "acme")
    #expect(request.fields["Content-Type"] == recording.head.fields["Content-Type"])
    let body = try #require(request.body)
    let documents = try YAMLReader().documents(in: body)
    var expected = Self.group
    expected.name = "g1"
    #expect(documents.map(flow) == [flow(expected.document)])
    #expect(!body.contains(Array(#"\/"#.utf8)))
  }

  @Test(
    "a refusal is told apart from a limit, from trouble and from a wrong URL",
    arguments: [
      ("rules-post-bad-expr-400", RulerFailure.Kind.invalid), ("rules-post-bad-label-400", .invalid),
      ("rules-post-bad-template-400", .invalid), ("rules-post-bad-yaml-400", .invalid),
      ("rules-post-both-record-alert-400", .invalid), ("rules-post-for-on-record-400", .invalid),
      ("rules-post-neither-400", .invalid), ("rules-post-no-name-400", .invalid), ("rules-post-no-rules-400", .invalid),
      ("rules-bad-tenant-400", .misconfigured), ("rules-no-tenant-401", .unauthorized),
      ("rules-get-none-404", .misconfigured),
    ])
  func recordedRefusal(name: String, kind: RulerFailure.Kind) async throws {
    let recording = try RecordedExchange(name)
    let failure = await #expect(throws: RulerFailure.self) {
      try await CortexRulerClient(ScriptedRuler(recording)).put(Self.group, as: RuleKey())
    }
    #expect(failure?.kind == kind)
    #expect(failure?.status == recording.status)
    let words = recording.text.split { $0.isNewline || $0 == " " }.joined(separator: " ")
    #expect(
      failure?.message
        == (words.isEmpty ? "the ruler gives no reason, as Cortex does where it cannot parse an expression" : words))
  }

  @Test(
    "other answers to a write",
    arguments: [
      (400, "per-user rules per rule group limit (limit: 3 actual: 4) exceeded\n", RulerFailure.Kind.ruleLimit),
      (400, "per-user rule groups limit (limit: 4 actual: 5) exceeded\n", .groupLimit),
      (413, "", .invalid), (422, "x", .invalid),
      (500, "open /rules/acme/x: file name too long\n", .invalid),
      (500, "SetRuleGroup unsupported in rule local store\n", .misconfigured),
      (500, "at least 2 live replicas required\n", .transient), (503, "", .transient), (429, "", .transient),
      (408, "", .transient), (403, "", .unauthorized), (404, "404 page not found\n", .misconfigured),
      (405, "", .misconfigured), (301, "", .misconfigured),
      // A page that says welcome is no ruler.
      (200, "<html>", .misconfigured), (200, "", .misconfigured), (204, "", .misconfigured),
    ])
  func otherRefusal(status: Int, body: String, kind: RulerFailure.Kind) async throws {
    let failure = await #expect(throws: RulerFailure.self) {
      try await CortexRulerClient(ScriptedRuler(status, body)).put(Self.group, as: RuleKey())
    }
    #expect(failure?.kind == kind)
  }

  @Test(
    "a group is deleted, and one that is not there is deleted already",
    arguments: [
      "rules-delete-group-202", "rules-delete-group-none-202", "rules-get-group-none-404",
      "rules-delete-namespace-none-404",
    ])
  func delete(name: String) async throws {
    let ruler = ScriptedRuler(try RecordedExchange(name))
    try await CortexRulerClient(ruler).delete(RuleKey("default", "g/3"))
    #expect(ruler.requests.map(\.line) == ["DELETE http://cortex:8080/api/v1/rules/default/g%2F3"])
  }

  @Test(
    "no other answer says that a group is deleted",
    arguments: [
      (404, "404 page not found\n", RulerFailure.Kind.misconfigured), (404, "no rule groups found\n", .misconfigured),
      (200, "", .misconfigured), (400, "x", .transient), (500, "", .transient), (401, "", .unauthorized),
    ])
  func notDeleted(status: Int, body: String, kind: RulerFailure.Kind) async throws {
    let failure = await #expect(throws: RulerFailure.self) {
      try await CortexRulerClient(ScriptedRuler(status, body)).delete(RuleKey())
    }
    #expect(failure?.kind == kind)
  }

  @Test(
    "every byte that may mean something in a path is escaped",
    arguments: [
      ("a", "a"), ("Az09-._~", "Az09-._~"), ("a/b", "a%2Fb"), ("a b", "a%20b"), ("100%", "100%25"),
      ("%2e%2e", "%252e%252e"), ("...", "..."), ("ä", "%C3%A4"), ("\u{1F600}", "%F0%9F%98%80"),
      ("a?b#c;d=e&f+g", "a%3Fb%23c%3Bd%3De%26f%2Bg"), ("'()*!$,:@", "%27%28%29%2A%21%24%2C%3A%40"),
      ("\n\u{7F}\\\"", "%0A%7F%5C%22"),
    ])
  func escaping(name: String, escaped: String) async throws {
    let ruler = ScriptedRuler(404, "group does not exist\n")
    _ = await CortexRulerClient(ruler).group(try RuleKey(name, name))
    #expect(ruler.requests.map(\.url) == ["http://cortex:8080/api/v1/rules/\(escaped)/\(escaped)"])
  }

  @Test("names that a ruler does not take are not sent", arguments: ["", ".", "..", String(repeating: "ä", count: 91)])
  func names(name: String) async throws {
    let ruler = ScriptedRuler(202)
    let client = CortexRulerClient(ruler)
    for key in [try RuleKey(name, "g"), try RuleKey("ns", name)] {
      #expect(await client.group(key).failure?.kind == .invalid)
      let put = await #expect(throws: RulerFailure.self) { try await client.put(Self.group, as: key) }
      let delete = await #expect(throws: RulerFailure.self) { try await client.delete(key) }
      #expect(put?.kind == .invalid && delete?.kind == .invalid)
    }
    #expect(ruler.requests.isEmpty)
  }

  @Test("a ruler's words are bounded, and in one line")
  func words() async throws {
    let body = "a\tb\r\n\u{1}c " + String(repeating: "ä", count: 10_000)
    let failure = await #expect(throws: RulerFailure.self) {
      try await CortexRulerClient(ScriptedRuler(400, body)).put(Self.group, as: RuleKey())
    }
    #expect(failure?.message.hasPrefix("a b c ää") == true)
    #expect(failure.map { $0.message.utf8.count <= 1030 } == true)
  }

  @Test(
    "how long to wait is what the ruler says, in seconds",
    arguments: [
      ("7", Duration.seconds(7)), ("0", .zero), ("-1", nil), ("soon", nil), ("86401", nil), (nil, nil),
    ])
  func retryAfter(text: String?, expected: Duration?) async throws {
    let ruler = ScriptedRuler(429, fields: text.map { ["retry-after": $0] } ?? [:])
    #expect(try await CortexRulerClient(ruler).rules(of: TenantID("acme")).failure?.retryAfter == expected)
  }
}
