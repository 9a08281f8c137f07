import Model
import TestSupport
import Testing

@testable import App

struct SandboxRulerTests {
  private let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())

  private func post(_ body: String, to namespace: String = "ns", limits: SandboxLimits? = nil) -> Answer {
    service.rules("POST", "/api/v1/rules/\(namespace)", body)
  }

  @Test(arguments: [
    ("GET", "/api/v1/rules", 404), ("GET", "/api/prom/rules", 404), ("GET", "/api/v1/rules/a", 404),
    ("GET", "/api/v1/rules/a/b", 404), ("GET", "/api/v1/rules/", 404), ("GET", "/api/v1/rules/a/", 404),
    ("GET", "/api/v1/rules/a/b/c", 404), ("GET", "/api/v1/rulesets", 404), ("GET", "/prometheus/config/v1/rules", 404),
    ("DELETE", "/api/prom/rules/a/b", 202), ("DELETE", "/api/v1/rules/a%2Fb/c%20d", 202),
    ("DELETE", "/api/v1/rules/%2e%2e/c", 202), ("POST", "/api/v1/rules/a", 400),
    ("POST", "/api/v1/rules", 405), ("DELETE", "/api/v1/rules", 405), ("POST", "/api/v1/rules/a/b", 405),
    ("PUT", "/api/v1/rules/a", 405), ("POST", "/ruler/rule_groups", 405), ("GET", "/ruler/rule_groups", 200),
    ("GET", "/api/v1/rules/a%", 400), ("GET", "/api/v1/rules/a%2", 400), ("GET", "/api/v1/rules/%zz", 400),
    ("GET", "/api/v1/rules/%+1", 400), ("GET", "/api/v1/rules/%FF", 400),
    ("GET", "/api/v1/rules/../b", 301), ("GET", "/api/v1/rules//b", 301), ("GET", "/api/v1/rules/a/.", 301),
  ])
  func answersByPath(_ method: String, _ target: String, _ status: Int) {
    #expect(service.rules(method, target).status == status)
  }

  @Test(arguments: [
    ("/api/v1/rules/../b", "/api/v1/b"), ("/api/v1/rules//b/", "/api/v1/rules/b/"),
    ("/api/v1/rules/a/.", "/api/v1/rules/a"),
    ("/api/v1/rules/../../../..", "/"),
  ])
  func sendsBackCleanedPaths(_ target: String, _ cleaned: String) {
    #expect(service.rules("GET", target).fields["Location"] == cleaned)
  }

  @Test(arguments: [
    ("interval: 60s", "interval: 1m"), ("interval: 14d", "interval: 2w"), ("interval: 365d", "interval: 1y"),
    ("interval: 1h90m", "interval: 2h30m"), ("interval: 90d", "interval: 90d"), ("interval: 0s", ""),
    ("interval: 0", ""), ("interval: ~", ""), ("interval: 1500ms", "interval: 1s500ms"),
    ("limit: 0", ""), ("limit: 5", "limit: 5"), ("limit: ~", ""), ("labels: {}", ""), ("labels: ~", ""),
    ("query_offset: 0s", "query_offset: 0s"), ("query_offset: 60s", "query_offset: 1m"), ("query_offset: ~", ""),
    ("nope: {a: [b]}", ""), ("source_tenants: [a]", ""),
  ])
  func normalisesAGroup(_ field: String, _ kept: String) {
    #expect(post("name: g\n\(field)\nrules: [{record: a, expr: up}]\n").status == 202)
    let line = kept.isEmpty ? "" : kept + "\n"
    #expect(
      service.rules("GET", "/api/v1/rules/ns/g").text == "name: g\n\(line)rules:\n    - record: a\n      expr: up\n")
  }

  @Test func labelsOfAGroupComeLastAndTakeAnyName() {
    #expect(post("name: g\nlabels: {a-b: 1, B: ~, a: yes}\nrules: [{record: a, expr: up}]\n").status == 202)
    #expect(
      service.rules("GET", "/api/v1/rules/ns/g").text == """
        name: g
        rules:
            - record: a
              expr: up
        labels:
            B: ""
            a: "yes"
            a-b: "1"

        """)
  }

  @Test func normalisesARule() {
    let rule = "{record: '', alert: A, expr: 1, for: 0s, keep_firing_for: 300s, own: x, labels: {b: 5, a: true, c: ''}}"
    #expect(post("{name: g, rules: [\(rule)]}").status == 202)
    #expect(
      service.rules("GET", "/api/v1/rules/ns/g").text == """
        name: g
        rules:
            - alert: A
              expr: "1"
              keep_firing_for: 5m
              labels:
                a: "true"
                b: "5"
                c: ""

        """)
  }

  @Test(arguments: [
    "", "null", "{}", "rules: []", "name: ''", "name: ~",
  ])
  func refusesAGroupWithoutAName(_ body: String) {
    #expect(post(body).text == "invalid rules config: rule group name must not be empty\n")
  }

  @Test(arguments: [
    "name: [", "a", "[]", "name: {}", "name: g\nname: h", "name: g\nrules: 5", "name: g\nrules: [5]",
    "name: g\ninterval: 5", "name: g\ninterval: 1.5m", "name: g\ninterval: ''", "name: g\ninterval: -1m",
    "name: g\nlimit: '5'", "name: g\nlimit: five", "name: g\nlabels: []", "name: g\nrules: [{record: [a]}]",
    "name: g\nrules: [{expr: up, for: 5x}]", "name: g\nrules: [{expr: up, labels: {a: []}}]",
    #"{"name":"a\/b"}"#, #"{"a\/b":1,"name":"g"}"#, #"{"name":"\ud83d\ude00"}"#, "name: \u{1}",
  ])
  func refusesWhatIsNoGroup(_ body: String) {
    let answer = post(body)
    #expect(answer.status == 400)
    #expect(answer.text == "unable to decoded rule group\n")
  }

  @Test(arguments: [#"{"name":"a\\/b"}"#, #"name: 'a\/b'"#, #"name: a\/b"#, "name: |\n  \"a\\/b\"\n"])
  func takesABackslashAndASlashElsewhere(_ body: String) {
    #expect(post(body).text.hasSuffix("has no rules\n"))
  }

  @Test(arguments: [
    ("{record: a, expr: 'sum('}, {record: b, expr: '1 +'}", ", "),
    (
      "{record: a, expr: 'sum('}, {record: a b, expr: ')'}",
      #", , 0:0: group "g", rule 1, "a b": invalid recording rule name: a b"#
    ),
    ("{record: a}", #"0:0: group "g", rule 0, "a": field 'expr' must be set in rule"#),
    (
      "{record: a, expr: up, keep_firing_for: 5m, annotations: {a: b}}",
      #"0:0: group "g", rule 0, "a": invalid field 'annotations' in recording rule, "#
        + #"0:0: group "g", rule 0, "a": invalid field 'keep_firing_for' in recording rule"#
    ),
    (
      "{record: 'a{b}', expr: up}",
      #"0:0: group "g", rule 0, "a{b}": invalid recording rule name: a{b}, "#
        + #"0:0: group "g", rule 0, "a{b}": braces present in the recording rule name; should it be in expr?: a{b}"#
    ),
    (
      "{alert: 'A \"1\"', expr: up, labels: {'1': a, b: '{{ $nope }}'}, annotations: {a-b: c}}",
      #"group "g", rule 0, "A \"1\"": invalid label name: 1, group "g", rule 0, "A \"1\"": invalid annotation name: a-b, "#
        + #"group "g", rule 0, "A \"1\"": label "b": template: __alert_A "1":1: undefined variable "$nope""#
    ),
  ])
  func refusesInCortexsWords(_ rules: String, _ text: String) {
    #expect(post("{name: g, rules: [\(rules)]}").text == text + "\n")
  }

  @Test(arguments: [
    "{record: a, expr: 'up[5m]'}", "{record: a, expr: '\"foo\"'}", "{record: a, expr: up, labels: {b: '{{ $nope }}'}}",
    "{alert: A B, expr: up}", "{record: 'a:b', expr: 'xrate(up[5m])'}",
  ])
  func takesWhatCortexTakes(_ rule: String) {
    #expect(post("{name: g, rules: [\(rule)]}").status == 202)
  }

  @Test func listsGroupsInTheOrderOfTheirNamesInTheStoreAndNamespacesInGos() throws {
    for (namespace, group) in [("n10", "gl"), ("n9", "gl2"), ("n9", "gl"), ("n9", "gl4"), ("B", "x"), ("b", "x")] {
      #expect(post("{name: \(group), rules: [{record: a, expr: up}]}", to: namespace).status == 202)
    }
    let lines = service.rules("GET", "/api/v1/rules").text.split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix(" ") } == ["B:", "b:", "n9:", "n10:"])
    #expect(
      service.rules("GET", "/api/v1/rules/n9").text.split(separator: "\n").filter { $0.contains("name") }
        == ["    - name: gl4", "    - name: gl", "    - name: gl2"])
  }

  @Test func atItsLimitATenantCannotEvenReplaceAGroup() {
    var limits = SandboxLimits()
    limits.maximumRuleGroupsPerTenant = 2
    limits.maximumRulesPerGroup = 1
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
    let post = { (name: String, rules: String) in
      service.rules("POST", "/api/v1/rules/ns", "{name: \(name), rules: [\(rules)]}")
    }
    let rule = "{record: a, expr: up}"
    #expect(post("a", rule).status == 202)
    #expect(post("b", rule).status == 202)
    let refusal = "per-user rule groups limit (limit: 2 actual: 3) exceeded\n"
    #expect(post("c", rule).text == refusal)
    #expect(post("a", rule).text == refusal)
    #expect(post("a", "\(rule), \(rule)").text == "per-user rules per rule group limit (limit: 1 actual: 2) exceeded\n")
    #expect(service.rules("POST", "/api/v1/rules/ns", "{name: c, rules: [\(rule)]}", tenant: "other").status == 202)
  }

  @Test func allIsBounded() {
    var limits = SandboxLimits()
    limits.maximumRuleBytes = 100
    limits.maximumTenants = 1
    limits.maximumBodyLength = 300
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
    let post = { (group: String, annotation: Int, tenant: String) in
      service.rules(
        "POST", "/api/v1/rules/ns",
        "{name: \(group), rules: [{alert: A, expr: up, annotations: {a: \(String(repeating: "x", count: annotation))}}]}",
        tenant: tenant)
    }
    #expect(post("a", 10, "acme").status == 202)
    #expect(post("b", 10, "acme").text == "sandbox limit of 100 bytes of rules exceeded\n")
    #expect(post("a", 20, "acme").status == 202)
    #expect(post("a", 60, "acme").status == 400)
    #expect(post("a", 1, "other").text == "sandbox limit of 1 tenants exceeded\n")
    #expect(service.rules("DELETE", "/api/v1/rules/ns/a").status == 202)
    #expect(post("a", 10, "other").status == 202)
    let tooLong = service.answer(
      RequestHead(method: "POST", target: "/api/v1/rules/ns", fields: ["X-Scope-OrgID": "other"]),
      body: .tooLong(length: 301))
    #expect(tooLong.status == 400)
  }

  @Test(arguments: [(189, 202), (190, 500)])
  func aNameMustNotBeTooLongForAFile(_ length: Int, _ status: Int) {
    let name = String(repeating: "n", count: length)
    let answer = post("{name: \(name), rules: [{record: a, expr: up}]}")
    #expect(answer.status == status)
    #expect(answer.text.hasSuffix("file name too long\n") == (status == 500))
  }

  @Test func bodiesAreReadWhereTheyAreLookedAt() {
    let decision = { (method: String, target: String) in
      service.bodyDecision(for: RequestHead(method: method, target: target))
    }
    #expect(decision("POST", "/api/v1/rules/ns") == .collect)
    #expect(decision("DELETE", "/api/v1/rules/ns") == .discard)
    #expect(decision("POST", "/api/v1/rules/ns/g") == .discard)
  }
}

extension SandboxService {
  /// Asks the rules API.
  func rules(_ method: String, _ target: String, _ body: String = "", tenant: String = "acme") -> Answer {
    answer(
      RequestHead(method: method, target: target, fields: ["X-Scope-OrgID": tenant]),
      body: SharedBytes(Array(body.utf8)))
  }
}
