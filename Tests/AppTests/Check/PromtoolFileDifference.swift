import Model

/// Why Prometheus 2.42 and `openmmt check` may judge a rule file differently. Docs/PromQL.md lists the same.
enum PromtoolFileDifference: CaseIterable {
  /// Cortex and Mimir refuse a group without rules, and Go passes over an item that is nothing
  case nothingThere
  /// Prometheus reads the first document only
  case laterDocuments
  /// a name, a text or a list that is given by an alias for something else
  case otherKinds
  /// openmmt compares all rules of a file
  case duplicateRules
  /// a text that is empty is a field that is not given
  case emptyTexts
  /// `limit: 1_000`, and `limit: "5"`
  case waysToWriteLimits
  /// `!!int x`
  case tagsThatLie
  /// what an expression is, is another comparison
  case expressions

  /// Why two verdicts on a file differ; `nil` if there is no reason.
  init?(promtool: [String], ours findings: [RuleVerdict.Finding]) {
    let theirs = promtool.joined(separator: "\n")
    guard let reason = Self.allCases.first(where: { $0.explains(theirs, findings) }) else { return nil }
    self = reason
  }

  private func explains(_ theirs: String, _ findings: [RuleVerdict.Finding]) -> Bool {
    func says(_ text: String) -> Bool { findings.contains { $0.message.contains(text) } }
    return switch self {
    case .nothingThere: says("has no rules") || says("and is nothing")
    case .laterDocuments: says("<document start>")
    case .otherKinds:
      says("must be text, and is") || says("contains itself") || says("field 'expr' must be set in rule")
        || says("one of 'record' or 'alert' must be set")
    case .duplicateRules: says("groupname") || says("duplicate")
    case .emptyTexts: theirs.contains("empty duration string") || theirs.contains("cannot unmarshal !!str `` into int")
    case .waysToWriteLimits:
      says("limit must be a whole number") || theirs.contains(/cannot unmarshal !!str .* into int/)
    case .tagsThatLie: theirs.contains("cannot decode")
    case .expressions: theirs.contains("could not parse expression") || says("could not parse expression")
    }
  }
}
