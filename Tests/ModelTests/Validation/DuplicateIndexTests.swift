import Model
import Testing

struct DuplicateIndexTests {
  private static func described(_ groups: (String, RuleGroup)...) -> [String] {
    var index = DuplicateIndex()
    for (number, (source, group)) in groups.enumerated() { index.add(group, from: source, as: number) }
    return index.duplicates().map {
      "\($0.group) \($0.finding.severity.rawValue) \($0.finding.path): \($0.finding.message)"
    }
  }

  private static func record(_ name: String, _ expression: String = "up", labels: [String: String] = [:]) -> Rule {
    Rule(record: name, expression: expression, labels: labels)
  }

  private static func alert(_ name: String, _ expression: String, labels: [String: String] = [:]) -> Rule {
    Rule(alert: name, expression: expression, labels: labels)
  }

  @Test func findsSeriesThatAreWrittenTwice() {
    #expect(
      Self.described(
        ("a", RuleGroup(name: "g", rules: [Self.record("x"), Self.record("y")])),
        ("b", RuleGroup(name: "h", rules: [Self.record("x", "down")]))) == [
          #"1 error rules[0]: recording rule "x" writes the same series as another: also at a group "g" rule 1"#
        ])
  }

  @Test func namesEveryPlace() {
    #expect(
      Self.described(
        ("a", RuleGroup(name: "g", rules: [Self.record("x"), Self.record("x")])),
        ("b", RuleGroup(name: "g", rules: [Self.record("x")]))) == [
          #"0 error rules[1]: recording rule "x" writes the same series as another: also at a group "g" rule 1, "#
            + #"b group "g" rule 1"#,
          #"1 error rules[0]: recording rule "x" writes the same series as another: also at a group "g" rule 1, "#
            + #"a group "g" rule 2"#,
        ])
  }

  @Test func tellsLabelsApart() {
    #expect(
      Self.described(
        (
          "a",
          RuleGroup(
            name: "g",
            rules: [
              Self.record("x", labels: ["a": "1"]), Self.record("x", labels: ["a": "2"]), Self.record("x"),
              Self.alert("x", "up"), Self.record("x", labels: ["a": "1", "b": "2"]),
            ])
        )
      ).isEmpty)
  }

  @Test func heedsTheLabelsOfGroups() {
    let own = RuleGroup(name: "g", rules: [Self.record("x", labels: ["a": "1"])])
    let given = RuleGroup(name: "h", labels: ["a": "1"], rules: [Self.record("x")])
    let covered = RuleGroup(name: "i", labels: ["a": "2"], rules: [Self.record("x", labels: ["a": "1"])])
    let other = RuleGroup(name: "j", labels: ["a": "1"], rules: [Self.record("x", labels: ["a": "3"])])
    #expect(Self.described(("f", own), ("f", given), ("f", covered), ("f", other)).count == 2)
  }

  @Test func takesAlertsThatDifferForOdd() {
    #expect(
      Self.described(
        (
          "a",
          RuleGroup(
            name: "g", rules: [Self.alert("X", "up == 0"), Self.alert("X", "down > 1"), Self.alert("X", "up == 0")])
        )) == [
          #"0 warning rules[1]: alert "X" stands twice with the same labels and another expression: "#
            + #"also at a group "g" rule 1, a group "g" rule 3"#,
          #"0 error rules[2]: alert "X" stands twice with the same labels and expression: "#
            + #"also at a group "g" rule 1, a group "g" rule 2"#,
        ])
  }

  @Test(arguments: [(0, 10), (5, 10), (10, 10), (11, 10), (19, 10)])
  func namesTheFirstTenPlaces(number: Int, named: Int) {
    var index = DuplicateIndex()
    for source in 0..<20 { index.add(RuleGroup(name: "g", rules: [Self.record("x")]), from: "s\(source)", as: source) }
    let message = index.duplicates().first { $0.group == number }?.finding.message
    let expected = (0..<20).filter { $0 != number }.prefix(named).map { #"s\#($0) group "g" rule 1"# }
    #expect(
      message
        == (number == 0
          ? nil
          : #"recording rule "x" writes the same series as another: also at "#
            + expected.joined(separator: ", ") + " and \(19 - named) more"))
  }

  /// To compare means to read both: what stands a thousand times must not be compared a million times.
  @Test(arguments: [1, 2, 1000])
  func comparesWithFewOfMany(expressions: Int) {
    var index = DuplicateIndex()
    for number in 0..<1000 {
      index.add(
        RuleGroup(name: "g", rules: [Self.alert("X", "up == \(number % expressions)")]), from: "s", as: number)
    }
    var comparisons = 0
    let duplicates = index.duplicates { left, right in
      comparisons += 1
      return left == right
    }
    #expect(duplicates.count == 999)
    #expect(duplicates.count { $0.finding.severity == .error } == 1000 - expressions)
    #expect(comparisons <= 32 * expressions)
  }

  @Test func comparesOnlySoMuchText() {
    var index = DuplicateIndex()
    let long = String(repeating: " + up", count: 10_000)
    for number in 0..<1000 {
      index.add(RuleGroup(name: "g", rules: [Self.alert("X", "up\(long) > \(number)")]), from: "s", as: number)
    }
    var bytes = 0
    let duplicates = index.duplicates { left, right in
      bytes += left.utf8.count + right.utf8.count
      return left == right
    }
    #expect(duplicates.count == 999)
    #expect(bytes > 0 && bytes <= 2 << 20)
  }

  @Test func comparesExpressionsAsItIsTold() {
    var index = DuplicateIndex()
    index.add(RuleGroup(name: "g", rules: [Self.alert("X", "up==0"), Self.alert("X", "up == 0")]), from: "a", as: 0)
    #expect(index.duplicates().map(\.finding.severity) == [.warning])
    #expect(index.duplicates { $0.filter { $0 != " " } == $1.filter { $0 != " " } }.map(\.finding.severity) == [.error])
  }
}
