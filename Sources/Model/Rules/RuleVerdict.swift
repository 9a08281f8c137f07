/// What validation has to say of a group.
package struct RuleVerdict: Sendable, Equatable {
  /// Something that is wrong with a group, or may be.
  package struct Finding: Sendable, Equatable {
    package enum Severity: String, Sendable, CaseIterable {
      /// The ruler would refuse the group, or never evaluate it.
      case error
      /// It will be evaluated, and perhaps not mean what was meant.
      case warning
    }

    package var severity: Severity
    package var check: RuleCheck
    /// Where in the group, such as `rules[0].expr`.
    package var path: String
    /// What is wrong, in one line, and in the words of Prometheus or Cortex where they have some.
    package var message: String
    /// How to mend it, or what comes of it; may be empty.
    package var advice: String
    /// Where in the text of the field, in bytes, if that can be told.
    package var offset: Int?

    package init(
      _ severity: Severity, _ check: RuleCheck, path: String, message: String, advice: String = "", offset: Int? = nil
    ) {
      self.severity = severity
      self.check = check
      self.path = path
      self.message = message
      self.advice = advice
      self.offset = offset
    }

    /// All of it in one line, for people.
    package var text: String {
      advice.isEmpty ? message : "\(message) (\(advice))"
    }
  }

  /// In the order in which they stand in the group.
  package var findings: [Finding]

  package init(findings: [Finding] = []) {
    self.findings = findings
  }

  /// Whether the group may be written to a ruler.
  package var isValid: Bool {
    findings.allSatisfy { $0.severity != .error }
  }
}
