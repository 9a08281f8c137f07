import Model
import Testing

struct RuleValidatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var group: RuleGroup
    /// `severity check path: message`
    var findings: [String]

    init(_ name: String, _ group: RuleGroup, _ findings: String...) {
      testDescription = name
      self.group = group
      self.findings = findings
    }
  }

  private static let alert = "up == 0"

  private static func group(_ rules: Rule..., interval: String = "", labels: [String: String] = [:]) -> RuleGroup {
    RuleGroup(name: "g", interval: interval, labels: labels, rules: rules)
  }

  private static func record(_ name: String = "a:b", _ expression: String = "sum(up)") -> Rule {
    Rule(record: name, expression: expression)
  }

  private static func alert(_ expression: String = alert, _ change: (inout Rule) -> Void = { _ in }) -> Rule {
    var rule = Rule(alert: "Down", expression: expression)
    change(&rule)
    return rule
  }

  private static func described(_ verdict: RuleVerdict) -> [String] {
    verdict.findings.map { "\($0.severity.rawValue) \($0.check.rawValue) \($0.path): \($0.message)" }
  }

  // MARK: What is wrong

  static let errors: [Case] = [
    Case(
      "no name", RuleGroup(name: "", rules: [record()]), "error group-name name: Groupname must not be empty"),
    Case("no rules", group(), "error group-rules rules: rule group 'g' has no rules"),
    Case(
      "interval", group(record(), interval: "1x"),
      "error duration interval: unknown unit \"x\" in duration \"1x\""),
    Case(
      "query offset", RuleGroup(name: "g", queryOffset: "soon", rules: [record()]),
      "error duration query_offset: not a valid duration string: \"soon\""),
    Case(
      "limit", RuleGroup(name: "g", limit: "many", rules: [record()]),
      "error group-limit limit: limit must be a whole number: many"),
    Case(
      "group labels", group(record(), labels: ["a-b": "x", "__name__": "y", "ok": "z"]),
      "error group-label labels.__name__: invalid label name: __name__",
      "error group-label labels.a-b: invalid label name: a-b"),
    Case(
      "both", group(Rule(record: "a:b", alert: "X", expression: alert)),
      "error rule-kind rules[0]: only one of 'record' and 'alert' must be set"),
    Case("neither", group(Rule(expression: alert)), "error rule-kind rules[0]: one of 'record' or 'alert' must be set"),
    Case(
      "no expression", group(record("a:b", "")), "error expression rules[0]: field 'expr' must be set in rule"),
    Case(
      "expression", group(record(), record("a:c", "sum(up")),
      "error expression rules[1].expr: could not parse expression: 1:7: parse error: unclosed left parenthesis"),
    Case(
      "pattern", group(record("a:b", #"up{a=~"("}"#)),
      "error expression rules[0].expr: could not parse expression: 1:4: parse error: "
        + "error parsing regexp: missing closing ): `(`"),
    Case(
      "range vector", group(record("a:b", "up[5m]")),
      "error result-type rules[0].expr: rule result is not a vector or scalar: the expression is a range vector"),
    Case(
      "string", group(record("a:b", "\"up\"")),
      "error result-type rules[0].expr: rule result is not a vector or scalar: the expression is a string"),
    Case(
      "alert's fields",
      group(Rule(record: "a:b", expression: "up", pendingFor: "1m", keepFiringFor: "1m", annotations: ["a": "b"])),
      "error rule-field rules[0].annotations: invalid field 'annotations' in recording rule",
      "error rule-field rules[0].for: invalid field 'for' in recording rule",
      "error rule-field rules[0].keep_firing_for: invalid field 'keep_firing_for' in recording rule"),
    Case(
      "name", group(record("a b")), "error rule-name rules[0].record: invalid recording rule name: a b"),
    Case(
      "for", group(alert { $0.pendingFor = "5" }),
      "error duration rules[0].for: not a valid duration string: \"5\""),
    Case(
      "keep_firing_for", group(alert { $0.keepFiringFor = "-5m" }),
      "error duration rules[0].keep_firing_for: not a valid duration string: \"-5m\""),
    Case(
      "label", group(alert { $0.labels = ["a.b": "x", "__name__": "x"] }),
      "error label rules[0].labels.__name__: invalid label name: __name__",
      "error label rules[0].labels.a.b: invalid label name: a.b"),
    Case(
      "annotation", group(alert { $0.annotations = ["a.b": "x"] }),
      "error annotation rules[0].annotations.a.b: invalid annotation name: a.b"),
    Case(
      "template of a label", group(alert { $0.labels = ["a": "{{ $x }}"] }),
      #"error template rules[0].labels.a: label "a": template: __alert_Down:1: undefined variable "$x""#),
    Case(
      "template of an annotation", group(alert { $0.annotations = ["a": "{{ nosuch }}"] }),
      #"error template rules[0].annotations.a: annotation "a": template: __alert_Down:1: function "nosuch" not defined"#
    ),
    Case(
      "unknown fields",
      RuleGroup(
        name: "g",
        rules: [Rule(record: "a:b", expression: "up", otherFields: [DocumentField("fro", .text("5m"))])],
        otherFields: [DocumentField("intervall", .text("1m")), DocumentField("source_tenants", .text("a"))]),
      "warning unknown-field intervall: field intervall not found in type rulefmt.RuleGroup",
      "warning unknown-field rules[0].fro: field fro not found in type rulefmt.Rule"),
  ]

  @Test(arguments: errors)
  func findsWhatIsWrong(_ test: Case) {
    #expect(Self.described(RuleValidator().verdict(on: test.group)) == test.findings)
  }

  // MARK: What is right

  static let valid: [Case] = [
    Case("a recording rule", group(record())),
    Case("a scalar", group(record("a:b", "1"))),
    Case("for of 0 in a recording rule", group(Rule(record: "a:b", expression: "up", pendingFor: "0s"))),
    Case("an empty label", group(alert { $0.labels = ["a": ""] })),
    Case("a template", group(alert { $0.annotations = ["a": "{{ $labels.job }} is at {{ $value | humanize }}"] })),
    Case("a template in a recording rule", group(Rule(record: "a:b", expression: "up", labels: ["a": "{{ $x }}"]))),
    Case("a quoted name in an expression", group(record("a:b", #"{"http.requests", "a.b"="c"}"#))),
    Case("all of an alert", group(alert { ($0.pendingFor, $0.keepFiringFor) = ("1h30m", "1d") }, interval: "30s")),
  ]

  @Test(arguments: valid)
  func findsNothingWhereNothingIsWrong(_ test: Case) {
    #expect(Self.described(RuleValidator().verdict(on: test.group)) == test.findings)
  }

  @Test func takesOtherNamesUnderAnotherScheme() {
    let validator = RuleValidator(namingScheme: .utf8)
    let rule = Rule(record: "a.b ü", expression: "up", labels: ["c-d": "e"])
    #expect(validator.verdict(on: Self.group(rule)).findings.isEmpty)
    #expect(
      Self.described(validator.verdict(on: Self.group(Self.record("a{b=\"c\"}")))) == [
        "error rule-name rules[0].record: braces present in the recording rule name; should it be in expr?: a{b=\"c\"}"
      ])
  }

  @Test func countsRules() {
    let validator = RuleValidator(limits: RuleLimits(rulesPerGroup: 1))
    #expect(
      Self.described(validator.verdict(on: Self.group(Self.record(), Self.record("a:c")))) == [
        "error limits rules: per-user rules per rule group limit (limit: 1 actual: 2) exceeded"
      ])
    #expect(validator.verdict(on: Self.group(Self.record())).isValid)
  }

  @Test func pointsIntoTheExpression() throws {
    let finding = try #require(
      RuleValidator().verdict(on: Self.group(Self.record("a:b", "up +\n  sum(up"))).findings.first)
    #expect(finding.offset == 13)
  }

  // MARK: Lints

  static let lints: [Case] = [
    Case(
      "no comparison", group(alert("rate(errors_total[5m])")),
      "warning alert-comparison rules[0].expr: the alert fires for every series, since its expression compares nothing"),
    Case("comparison", group(alert("rate(errors_total[5m]) > 1"))),
    Case(
      "comparison with bool", group(alert("up == bool 0")),
      lint("alert-comparison", "the alert fires for every series, since its expression compares nothing")),
    Case("absent", group(alert("absent(up)"))),
    Case("unless", group(alert("up unless on (job) down"))),
    Case("no comparison in a recording rule", group(record("a:b", "rate(errors_total[5m])"))),
    Case(
      "short range", group(record("a:b", "rate(errors_total[1m])"), interval: "1m"),
      lint("short-range", "rate() over 1m is shorter than twice the group's interval of 1m")),
    Case("long enough range", group(record("a:b", "rate(errors_total[2m])"), interval: "1m")),
    Case("short range of an unknown interval", group(record("a:b", "rate(errors_total[1s])"))),
    Case(
      "anchors", group(record("a:b", #"up{a=~"^b.*$"}"#)),
      lint("redundant-anchors", #"the pattern "^b.*$" has anchors, and is anchored anyway"#)),
    Case(
      "value in a label", group(alert { $0.labels = ["a": "{{ $value }}"] }),
      "warning value-in-label rules[0].labels.a: label \"a\" changes with the value, and each change makes another alert"
    ),
    Case(
      "rate of a gauge", group(record("a:b", "rate(room_celsius[5m])")),
      lint("rate-of-gauge", "rate() of room_celsius, which by its ending _celsius is no counter")),
    Case("rate of a counter", group(record("a:b", "rate(requests_total[5m])"))),
    Case(
      "for of 0", group(alert { $0.pendingFor = "0s" }),
      "warning zero-for rules[0].for: for: 0s makes the alert fire at once"),
  ]

  private static func lint(_ name: String, _ message: String) -> String {
    "warning \(name) rules[0].expr: \(message)"
  }

  @Test(arguments: lints)
  func findsWhatIsOdd(_ test: Case) {
    let verdict = RuleValidator().verdict(on: test.group)
    #expect(Self.described(verdict) == test.findings)
    #expect(verdict.isValid)
  }

  @Test(arguments: lints)
  func leavesOutLintsThatAreNotWanted(_ test: Case) {
    #expect(RuleValidator(lints: []).verdict(on: test.group).findings.isEmpty)
    for name in RuleCheck.lints where test.findings.contains(where: { $0.hasPrefix("warning \(name.rawValue) ") }) {
      let others = Set(RuleCheck.lints).subtracting([name])
      #expect(RuleValidator(lints: others).verdict(on: test.group).findings.isEmpty)
    }
  }
}
