/// What is checked about rules. The raw values are what users switch lints off by, and find in reports.
package enum RuleCheck: String, Sendable, CaseIterable {
  // The form of a file or resource.

  /// The text is no YAML, or no rules.
  case document = "document"
  /// A field that no ruler knows.
  case unknownField = "unknown-field"
  /// A tenant that cannot be one.
  case tenant = "tenant"

  // Groups.

  case groupName = "group-name"
  case groupLabel = "group-label"
  case groupLimit = "group-limit"
  /// A group without rules, which Cortex refuses.
  case groupRules = "group-rules"
  /// More groups, or more rules in one, than the ruler takes.
  case limits = "limits"

  // Rules.

  /// Neither `record` nor `alert`, or both.
  case ruleKind = "rule-kind"
  case ruleName = "rule-name"
  /// A field that belongs to alerts only.
  case ruleField = "rule-field"
  case duration = "duration"
  case expression = "expression"
  /// The expression yields what no rule can have.
  case resultType = "result-type"
  case label = "label"
  case annotation = "annotation"
  case template = "template"

  // Across groups.

  /// A group that stands twice.
  case duplicateGroup = "duplicate-group"
  /// A rule that stands twice.
  case duplicateRule = "duplicate-rule"

  // Lints: what will be evaluated, and perhaps does not mean what was meant.

  /// An alert whose expression compares nothing.
  case alertWithoutComparison = "alert-comparison"
  /// A range too short to have two evaluations' samples in it.
  case shortRange = "short-range"
  /// `^` or `$` in a pattern that is anchored anyway.
  case redundantAnchors = "redundant-anchors"
  /// A value in a label makes a new alert at each evaluation.
  case valueInLabel = "value-in-label"
  /// A rate of something that does not look like a counter.
  case rateOfGauge = "rate-of-gauge"
  /// `for: 0s` is the same as none.
  case zeroFor = "zero-for"

  /// Those that are warnings by nature, and may be switched off.
  package static let lints: [RuleCheck] = [
    .alertWithoutComparison, .shortRange, .redundantAnchors, .valueInLabel, .rateOfGauge, .zeroFor,
  ]
}
