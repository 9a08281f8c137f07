/// A part of an expression.
package struct PromQLNode: Sendable {
  /// What a part of an expression can be.
  package enum Kind: Sendable {
    /// `5`, `0x1F`, `+Inf`; with a sign in front, if it has one.
    case number(PromQLNumber)
    /// `"text"`
    case string(PromQLString)
    /// `up{job="a"}`, with its range and modifiers: an instant vector, or a range vector.
    case selector(PromQLSelector)
    /// `expression[1h:5m]`
    case subquery(PromQLSubquery)
    /// `(expression)`
    case parentheses(PromQLNodeID)
    /// `-expression`
    case sign(PromQLSign)
    /// `left + right`
    case binary(PromQLBinary)
    /// `sum by (job) (expression)`
    case aggregation(PromQLAggregation)
    /// `rate(expression)`
    case call(PromQLCall)
    /// Arithmetic where a duration stands: `5m + 1m`, `step()`.
    case durationOperation(PromQLDurationOperation)
  }

  package var kind: Kind
  /// The bytes of the text that it is.
  package var range: Range<Int>
  /// What it yields.
  package var valueType: PromQLValueType
}
