/// Two operands and what stands between them.
package struct PromQLBinary: Sendable {
  package let operation: PromQLBinaryOperator
  package let left: PromQLNodeID
  package let right: PromQLNodeID
  /// Whether a comparison yields 0 and 1, and filters nothing.
  package let returnsBool: Bool
  package let matching: PromQLMatching
}
