/// What a selector wants of one label.
package struct PromQLMatcher: Sendable {
  /// How a label's value is compared.
  package enum Operator: String, Sendable {
    case equal = "="
    case notEqual = "!="
    /// The whole value matches the pattern.
    case matches = "=~"
    case matchesNot = "!~"

    /// Whether the value is a pattern.
    package var isPattern: Bool { self == .matches || self == .matchesNot }
  }

  /// The name of the label that holds the metric's name.
  package static let metricName = "__name__"

  /// The label's name.
  package let label: PromQLString
  package let comparison: Operator
  /// The value or pattern that it is compared with.
  package let value: PromQLString
  /// Whether a series without the label is taken.
  package let matchesEmpty: Bool
  /// The bytes of the text that it is.
  package let range: Range<Int>
}
