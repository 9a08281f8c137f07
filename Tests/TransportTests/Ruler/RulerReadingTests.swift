import Model
import TestSupport
import Testing

@testable import Transport

@Suite("Ruler: reading")
struct RulerReadingTests {
  @Test("a list is read as recorded, and by namespace")
  func list() async throws {
    let recording = try RecordedExchange("rules-get-all-200")
    let ruler = ScriptedRuler(recording)
    let rules = try #require(try await CortexRulerClient(ruler).rules(of: TenantID("acme")).content)
    #expect(rules.namespaces.keys.sorted() == ["default", "team/a b"])
    for groups in rules.namespaces.values { #expect(groups.compactMap(\.written) == [Self.recorded]) }
    #expect(ruler.requests.map(\.line) == ["GET http://cortex:8080/api/v1/rules"])
    #expect(ruler.requests[0].fields["X-Scope-OrgID"] == recording.head.fields["X-Scope-OrgID"])
  }

  @Test("groups keep their order, and what is given of them")
  func fields() async throws {
    let ruler = ScriptedRuler(try RecordedExchange("rules-get-normalised-200"))
    let rules = try #require(try await CortexRulerClient(ruler).rules(of: TenantID("acme")).content)
    #expect(
      rules.namespaces["default"]?.compactMap(\.written) == [
        Self.recorded,
        #"{"name":"g2","rules":[{"record":"a:b","expr":"sum(up)"}]}"#,
        """
        {"name":"g3","interval":"1m","query_offset":"30s","limit":10,"rules":[{"record":"a:c","expr":"sum(up)"}]}
        """,
      ])
  }

  @Test("a group is read as recorded")
  func group() async throws {
    let recording = try RecordedExchange("rules-get-group-200")
    let ruler = ScriptedRuler(recording)
    let group = try #require(try await CortexRulerClient(ruler).group(RuleKey()).content)
    #expect(ResourceGroup.group(group).written == Self.recorded)
    #expect(ruler.requests.map(\.line) == ["GET http://cortex:8080\(recording.head.target)"])
  }

  @Test("fields that nobody knows survive, and a broken group breaks no other")
  func unknownFields() async throws {
    let ruler = ScriptedRuler(
      200,
      """
      ns:
          - name: a
            source_tenants: [x, y]
            rules:
              - {record: r, expr: up, own: {deep: 1}}
          - name: b
            rules: 5
          - rules: []
      """)
    let rules = try #require(try await CortexRulerClient(ruler).rules(of: TenantID("acme")).content)
    let groups = try #require(rules.namespaces["ns"])
    #expect(
      groups[0].written
        == #"{"name":"a","source_tenants":["x","y"],"rules":[{"record":"r","expr":"up","own":{"deep":1}}]}"#)
    #expect(groups.map(\.name) == ["a", "b", nil])
    guard case .broken(_, let path, _) = groups[1] else { return #expect(Bool(false)) }
    #expect(path == "ns[1].rules")
  }

  @Test(
    "nothing is there only where the ruler says so",
    arguments: ["rules-get-none-404", "rules-get-namespace-none-404"])
  func absentRules(recording: String) async throws {
    let ruler = ScriptedRuler(try RecordedExchange(recording))
    #expect(try await CortexRulerClient(ruler).rules(of: TenantID("acme")).isAbsent)
  }

  @Test("Mimir says that nothing is there with an empty mapping")
  func emptyMapping() async throws {
    #expect(
      try await CortexRulerClient(ScriptedRuler(200, "{}\n"), dialect: .mimir).rules(of: TenantID("acme")).isAbsent)
  }

  @Test(
    "no other answer says that nothing is there",
    arguments: [
      (404, "404 page not found\n", RulerFailure.Kind.misconfigured), (404, "", .misconfigured),
      (404, "no rule groups found\n\n", .misconfigured), (404, "<p>no rule groups found</p>", .misconfigured),
      (404, "group does not exist\n", .misconfigured),
      (200, "", .misconfigured), (200, "[]", .misconfigured), (200, "<html>\n<body>", .misconfigured),
      (200, "a: {b: c}", .misconfigured), (200, "a: [", .misconfigured), (200, "OK", .misconfigured),
      (204, "", .misconfigured), (301, "", .misconfigured), (302, "", .misconfigured), (405, "", .misconfigured),
      (400, "get rule group user=\"acme\", namespace=\"a\", name=\"b\": group does not exist\n", .transient),
      (400, "", .transient), (408, "", .transient), (429, "", .transient), (500, "x", .transient),
      (502, "", .transient), (503, "", .transient),
      (401, "no org id\n", .unauthorized), (403, "", .unauthorized),
    ])
  func unknownRules(status: Int, body: String, kind: RulerFailure.Kind) async throws {
    let reading = await CortexRulerClient(ScriptedRuler(status, body)).rules(of: try TenantID("acme"))
    #expect(reading.failure?.kind == kind)
    #expect(reading.failure?.status == status)
    #expect(reading.failure?.message.isEmpty == false)
  }

  @Test(
    "a group is absent only where the ruler says so",
    arguments: [(404, "group does not exist\n"), (400, "group does not exist\n")])
  func absentGroup(status: Int, body: String) async throws {
    #expect(try await CortexRulerClient(ScriptedRuler(status, body)).group(RuleKey()).isAbsent)
  }

  @Test(
    "no other answer says that a group is absent",
    arguments: [
      (404, "404 page not found\n", RulerFailure.Kind.misconfigured), (404, "no rule groups found\n", .misconfigured),
      (400, "get rule group user=\"acme\": group does not exist\n", .transient), (500, "", .transient),
      (200, "", .misconfigured), (200, "rules: []", .misconfigured), (200, "default: []", .misconfigured),
    ])
  func unknownGroup(status: Int, body: String, kind: RulerFailure.Kind) async throws {
    #expect(try await CortexRulerClient(ScriptedRuler(status, body)).group(RuleKey()).failure?.kind == kind)
  }

  @Test("an answer that is known is not read again")
  func fingerprint() async throws {
    let texts = ["a: [{name: g, rules: []}]", "a: [{name: g, rules: [] }]"]
    let client = { CortexRulerClient(ScriptedRuler(200, texts[$0])) }
    let acme = try TenantID("acme")
    let known = try #require(await client(0).rules(of: acme).content?.fingerprint)
    #expect(!known.isEmpty)
    let same = try #require(await client(0).rules(of: acme, unlike: known).content)
    #expect(same == nil)
    let other = try #require(await client(1).rules(of: acme, unlike: known).content)
    #expect(other?.namespaces.count == 1 && other?.fingerprint != known)
    let first = try #require(await client(0).rules(of: acme, unlike: nil).content)
    #expect(first?.fingerprint == known)
    #expect(await CortexRulerClient(ScriptedRuler(500)).rules(of: acme, unlike: known).failure?.kind == .transient)
    #expect(await CortexRulerClient(ScriptedRuler(200, "{}")).rules(of: acme, unlike: known).isAbsent)
  }

  @Test(
    "without an answer nothing is known",
    arguments: [
      (HTTPFailure.timeout, RulerFailure.Kind.transient), (.network("refused"), .transient), (.cancelled, .transient),
      (.tooLong(limit: 5), .misconfigured),
    ])
  func noAnswer(failure: HTTPFailure, kind: RulerFailure.Kind) async throws {
    let client = CortexRulerClient(ScriptedRuler { _ throws(HTTPFailure) in throw failure })
    let expected = RulerFailure(kind, message: failure.description)
    #expect(try await client.rules(of: TenantID("acme")).failure == expected)
    #expect(try await client.group(RuleKey()).failure == expected)
    await #expect(throws: expected) { try await client.put(RuleGroup(name: "g", rules: []), as: RuleKey()) }
    await #expect(throws: expected) { try await client.delete(RuleKey()) }
    #expect(await client.tenantIsolation() == .unknown(expected))
  }

  /// The group of the recordings, in JSON.
  static let recorded = """
    {"name":"g1","interval":"1m","rules":[\
    {"record":"job:up:sum","expr":"sum by (job) (up)","labels":{"team":"a"}},\
    {"alert":"Down","expr":"up == 0","for":"5m","keep_firing_for":"1m30s",\
    "annotations":{"summary":"{{ $labels.instance }} is down"}}]}
    """
}

extension ResourceGroup {
  /// The group in JSON; `nil` where it is broken.
  var written: String? {
    if case .group(let group) = self { JSONWriter.text(of: group.document) } else { nil }
  }
}

extension HTTPRequest {
  var line: String { "\(method) \(url)" }
}
