/// What validation has to say of a group.
package struct RuleVerdict: Sendable, Equatable {
  /// Something that is wrong with a group, or may be.
  package struct Finding: Sendable, Equatable {
    package enum Severity: String, Sendable {
      /// The ruler would refuse the group, or never evaluate it.
      case error
      /// It will be evaluated, and perhaps not mean what was meant.
      case warning
    }

    package var severity: Severity
    /// Where in the group, such as `rules[0].expr`.
    package var path: String
    /// What is wrong and how to mend it, in one line.
    package var message: String

    package init(_ severity: Severity, path: String, message: String) {
      self.severity = severity
      self.path = path
      self.message = message
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
