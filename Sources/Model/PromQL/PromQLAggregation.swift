/// One series made of many.
package struct PromQLAggregation: Sendable {
  package let operation: PromQLAggregationOperator
  /// What comes before the vector, as in `topk(5, up)`.
  package let parameter: PromQLNodeID?
  package let operand: PromQLNodeID
  /// Whether ``labels`` are those that vanish.
  package let isWithout: Bool
  /// The labels that are kept, or that vanish.
  package let labels: [PromQLString]
}
