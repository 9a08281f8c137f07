import Model
import Testing

@Suite struct GroupDifferenceTests {
  private func lines(_ before: RuleGroup?, _ after: RuleGroup?) -> [String] {
    GroupDifference(from: before, to: after, dialect: .cortex).lines
  }

  private func group(_ rules: [Rule], _ change: (inout RuleGroup) -> Void = { _ in }) -> RuleGroup {
    var group = RuleGroup(name: "g", rules: rules)
    change(&group)
    return group
  }

  private let up = Rule(record: "a:up", expression: "up")
  private let down = Rule(alert: "Down", expression: "up == 0", pendingFor: "5m", labels: ["severity": "page"])
  private let slow = Rule(alert: "Slow", expression: "rate(s[5m]) > 1")

  @Test func theSameIsNoDifference() {
    let first = group([up, down]) {
      $0.interval = "60s"
      $0.limit = ""
    }
    let second = group([up, Rule(alert: "Down", expression: "up == 0", pendingFor: "300s", labels: down.labels)]) {
      $0.interval = "1m"
      $0.limit = "0"
    }
    #expect(lines(first, second).isEmpty)
    #expect(GroupDifference(from: first, to: second, dialect: .cortex).summary() == "no rule differs")
  }

  @Test func aGroupThatComesOrGoesIsAllItsRules() {
    #expect(lines(nil, group([up, down])) == ["+ record a:up", "+ alert Down"])
    #expect(lines(group([up, down]), nil) == ["- record a:up", "- alert Down"])
    #expect(lines(nil, nil).isEmpty)
  }

  @Test func settingsAreToldByName() {
    let before = group([up]) {
      $0.interval = "1m"
      $0.labels = ["team": "a", "old": "x"]
      $0.otherFields = [DocumentField("source_tenants", .items([.text("a")]))]
    }
    let after = group([up]) {
      $0.interval = "2m"
      $0.queryOffset = "0s"
      $0.limit = "5"
      $0.labels = ["team": "b", "new": ""]
    }
    #expect(
      lines(before, after) == [
        "- interval: 1m", "+ interval: 2m", "+ query_offset: 0s", "+ limit: 5", "+ labels.new: ", "- labels.old: x",
        "- labels.team: a", "+ labels.team: b", "- source_tenants: [\"a\"]",
      ])
  }

  @Test func aRuleIsToldByItsFields() {
    let before = group([up, down])
    let after = group([
      up,
      Rule(
        alert: "Down", expression: "up == 0\nunless on() maintenance", pendingFor: "10m", keepFiringFor: "1m",
        labels: ["severity": "page", "team": "a"], annotations: ["summary": "s"],
        otherFields: [DocumentField("own", .number(1))]),
    ])
    #expect(
      lines(before, after) == [
        "~ alert Down", "    - expr: up == 0", "    + expr:", "    +   up == 0", "    +   unless on() maintenance",
        "    - for: 5m", "    + for: 10m", "    + keep_firing_for: 1m", "    + labels.team: a",
        "    + annotations.summary: s", "    + own: 1",
      ])
  }

  /// The same alert stands more than once in many groups.
  @Test func rulesOfOneNameArePairedInTheirOrder() {
    func alert(_ severity: String, _ limit: Int) -> Rule {
      Rule(alert: "Full", expression: "full > \(limit)", labels: ["severity": severity])
    }
    #expect(
      lines(group([alert("warn", 80), alert("page", 90)]), group([alert("warn", 80), alert("page", 95)])) == [
        "~ alert Full", "    - expr: full > 90", "    + expr: full > 95",
      ])
    #expect(lines(group([alert("warn", 80), alert("page", 90)]), group([alert("page", 90)])) == ["- alert Full"])
  }

  /// Rules of a group are evaluated one after the other.
  @Test func anotherOrderIsADifference() {
    #expect(lines(group([up, down, slow]), group([down, slow, up])) == ["^ record a:up"])
    #expect(lines(group([up, down]), group([up, slow, down])) == ["+ alert Slow"])
  }

  /// Unicode calls these equal; a ruler does not.
  @Test func textsAreComparedByBytes() {
    let before = Rule(record: "a:b", expression: "up", labels: ["l": "\u{E9}"])
    let after = Rule(record: "a:b", expression: "up", labels: ["l": "e\u{301}"])
    #expect(lines(group([before]), group([after])).count == 3)
  }

  @Test func aSummaryIsOneBoundedLine() {
    let many = group((0..<100).map { Rule(record: "rule:\($0)", expression: "up") })
    let difference = GroupDifference(from: group([up, down]), to: group([down, slow]), dialect: .cortex)
    #expect(difference.summary() == "+ alert Slow, - record a:up")
    let long = GroupDifference(from: nil, to: many, dialect: .cortex)
    #expect(long.summary(limit: 64) == "+ record rule:0, + record rule:1, and 98 more")
    #expect(long.summary(limit: 20) == "100 changes")
    for limit in 16..<200 { #expect(long.summary(limit: limit).utf8.count <= limit) }
    let changed = GroupDifference(
      from: group([down]),
      to: group([Rule(alert: "Down", expression: "up < 1", pendingFor: "5m", labels: [:])]) { $0.interval = "1m" },
      dialect: .cortex)
    #expect(changed.summary() == "~ interval, ~ alert Down (expr, labels.severity)")
  }
}
