/// Whether a resource may be stored, and what people are told.
package struct AdmissionVerdict: Sendable, Equatable {
  /// Something about a field.
  package struct Cause: Sendable, Equatable {
    /// Such as `spec.groups[1].rules[0].expr`.
    package var field: String
    package var message: String

    package init(field: String, message: String) {
      self.field = field
      self.message = message
    }
  }

  /// How many causes and warnings are told of; an answer is read by people.
  private static let limit = 50
  /// What kubectl shows of a warning at least, in characters.
  private static let warningLength = 256

  /// Why it may not be stored.
  package var errors: [Cause] = []
  /// What should be changed.
  package var warnings: [Cause] = []

  package init() {}

  package var isAllowed: Bool { errors.isEmpty }

  /// Takes over what was found in a group.
  ///
  /// - Parameter path: where the group is in the resource.
  mutating func add(_ finding: RuleVerdict.Finding, at path: String) {
    let cause = Cause(field: finding.path.isEmpty ? path : "\(path).\(finding.path)", message: finding.message)
    switch finding.severity {
    case .error: errors.append(cause)
    case .warning: warnings.append(cause)
    }
  }

  /// Lets everything pass.
  mutating func forgive() {
    warnings = errors + warnings
    errors = []
  }

  /// The warnings, each as one short line.
  var warningTexts: [String] {
    warnings.prefix(Self.limit).map { cause in
      let text = "\(cause.field): \(cause.message)"
      return text.count <= Self.warningLength ? text : text.prefix(Self.warningLength - 1) + "…"
    }
  }

  /// The refusal, as `Status` of Kubernetes has it.
  var status: DocumentNode {
    let first = errors.first.map { "\($0.field): \($0.message)" } ?? ""
    let others = errors.count > 1 ? ", and \(errors.count - 1) more" : ""
    return .fields([
      DocumentField("code", .number(422)), DocumentField("reason", .text("Invalid")),
      DocumentField("message", .text(first + others)),
      DocumentField("details", .fields([DocumentField("causes", .items(errors.prefix(Self.limit).map(Self.node)))])),
    ])
  }

  private static func node(_ cause: Cause) -> DocumentNode {
    .fields([
      DocumentField("reason", .text("FieldValueInvalid")), DocumentField("message", .text(cause.message)),
      DocumentField("field", .text(cause.field)),
    ])
  }
}
