/// Findings as they are collected.
struct Findings {
  static let durationAdvice = "write it as 30s, 5m or 1h30m"

  private(set) var all: [RuleVerdict.Finding] = []

  mutating func add(_ findings: [RuleVerdict.Finding]) {
    all += findings
  }

  /// - Parameters:
  ///   - message: what is wrong, in the words of Prometheus or Cortex where they have some.
  ///   - advice: how to mend it, or what comes of it.
  ///   - offset: where in the field's text, in bytes.
  mutating func add(
    _ severity: RuleVerdict.Finding.Severity, _ check: RuleCheck, _ path: String, _ message: String,
    advice: String = "", at offset: Int? = nil
  ) {
    all.append(
      RuleVerdict.Finding(severity, check, path: path, message: message, advice: advice, offset: offset))
  }

  mutating func error(
    _ check: RuleCheck, _ path: String, _ message: String, advice: String = "", at offset: Int? = nil
  ) {
    add(.error, check, path, message, advice: advice, at: offset)
  }

  mutating func warning(
    _ check: RuleCheck, _ path: String, _ message: String, advice: String = "", at offset: Int? = nil
  ) {
    add(.warning, check, path, message, advice: advice, at: offset)
  }
}
