/// A sign before an operand that is no number.
package struct PromQLSign: Sendable {
  /// Whether it is a minus.
  package let isNegative: Bool
  package let operand: PromQLNodeID
}
