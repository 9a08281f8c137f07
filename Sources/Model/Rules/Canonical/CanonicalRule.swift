/// A rule in the form in which two are compared.
package struct CanonicalRule: Sendable, Equatable {
  /// All but the expression.
  private let settings: [UInt8]
  private let expression: String

  package init(_ rule: Rule) {
    var settings = CanonicalBytes()
    settings.append("record", rule.record)
    settings.append("alert", rule.alert)
    settings.append("for", duration: rule.pendingFor)
    settings.append("keep_firing_for", duration: rule.keepFiringFor)
    settings.append("labels", rule.labels)
    settings.append("annotations", rule.annotations)
    settings.append(rule.otherFields)
    self.settings = settings.bytes
    expression = rule.expression
  }

  package static func == (left: CanonicalRule, right: CanonicalRule) -> Bool {
    left.isEquivalent(to: right) { _, _ in false }
  }

  func isEquivalent(to other: CanonicalRule, expressionsAreEqual: (String, String) -> Bool) -> Bool {
    // By bytes: texts that are equal in Unicode's eyes may name different series.
    settings == other.settings
      && (expression.utf8.elementsEqual(other.expression.utf8) || expressionsAreEqual(expression, other.expression))
  }

  func append(to text: inout CanonicalBytes) {
    text.append(settings)
    text.append(Array(expression.utf8))
  }
}
