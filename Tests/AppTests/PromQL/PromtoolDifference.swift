/// Why Prometheus 2.42 and a parser of Cortex 1.21's PromQL may say different things. Docs/PromQL.md lists the same.
enum PromtoolDifference: String, CaseIterable {
  /// `1h > 5`, `rate(x[300])`, `offset 60`
  case durationsAreNumbers
  /// `1_000`, and numbers like `1.5.5` of which 2.42 takes a part
  case syntaxOfNumbers
  /// `offset` and brackets take numbers and arithmetic
  case syntaxOfDurations
  /// `{"metric.name"}`, `by ("label name")`, `by (a:b)`
  case namesOfAnyCharacters
  /// 2.42 checks `^(?:pattern)$`, and shows that
  case patternsWithAnchors
  /// 2.42 takes the character `@` for a word without a name
  case nameOfTheAtSign
  /// `smoothed`, `anchored` and `step`
  case newKeywords
  /// units and fractions are told apart
  case wordsOnDurations

  /// Why two messages on an expression differ, of which one may be missing; `nil` if there is no reason.
  init?(_ expression: String, promtool: String?, ours: String?) {
    let theirs = promtool ?? ""
    let own = ours ?? ""
    let reason = Self.allCases.first { $0.explains(expression, theirs, own) }
    guard let reason else { return nil }
    self = reason
  }

  private func explains(_ expression: String, _ theirs: String, _ ours: String) -> Bool {
    switch self {
    case .durationsAreNumbers:
      theirs.contains("unexpected duration")
        || theirs.contains("trailing commas") && expression.contains(/,\s*[\d.]+[smhdwy]/)
    case .syntaxOfNumbers:
      theirs.contains("bad number or duration syntax") || ours.contains("bad number or duration syntax")
        || ours.contains("error parsing number")
        || expression.contains(/\d\.?\.\d|\d_\d|\d[eE][+\-]?\d+\.|\.\d+\./)
    case .syntaxOfDurations:
      theirs.contains(/expected duration|missing unit character|bad duration syntax|unexpected colon/)
        || theirs.contains("duration must be greater than 0")
        || ours.contains("unexpected character in duration expression")
        || ours.contains("experimental duration expression") || ours.contains("expected number, duration, or step()")
    case .namesOfAnyCharacters:
      theirs.contains(/unexpected string .* in (grouping opts|label matching)/)
        || theirs.contains(/unexpected metric identifier .* in grouping opts, expected label/)
    case .patternsWithAnchors: theirs.contains("error parsing regexp") || ours.contains("error parsing regexp")
    case .nameOfTheAtSign: theirs.contains("<Item")
    case .newKeywords: expression.contains(/(?i)smoothed|anchored|step/)
    case .wordsOnDurations: theirs.contains("not a valid duration string") && ours.contains("unknown unit")
    }
  }
}
