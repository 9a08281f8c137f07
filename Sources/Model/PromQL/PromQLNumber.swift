/// A number in an expression.
package struct PromQLNumber: Sendable {
  /// The value; seconds, where it was written as a duration.
  package var value: Double
  /// Whether it was written as a duration: `5m`.
  package let isDuration: Bool
}
