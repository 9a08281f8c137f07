/// Arithmetic where a duration stands.
package struct PromQLDurationOperation: Sendable {
  /// What is computed.
  package enum Operation: Sendable {
    /// The step of the query.
    case step
    /// The time from the start of the query to its end.
    case range
    /// The operands are numbers or duration operations, as are those of the others.
    case minimum(PromQLNodeID, PromQLNodeID)
    case maximum(PromQLNodeID, PromQLNodeID)
    case negated(PromQLNodeID)
    case binary(PromQLBinaryOperator, PromQLNodeID, PromQLNodeID)
  }

  package let operation: Operation
  /// Whether it stands in parentheses.
  package var isInParentheses = false
}
