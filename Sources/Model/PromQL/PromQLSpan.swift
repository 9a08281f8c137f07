/// A length of time in an expression.
package enum PromQLSpan: Sendable {
  case fixed(PromDuration)
  /// Arithmetic; the node is a duration operation.
  case computed(PromQLNodeID)

  /// The length, where it needs no computing.
  package var duration: PromDuration? {
    guard case .fixed(let duration) = self else { return nil }
    return duration
  }
}
