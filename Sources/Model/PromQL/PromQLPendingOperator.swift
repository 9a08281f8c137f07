/// An operator whose right operand is being read.
enum PromQLPendingOperator {
  case sign(isNegative: Bool, position: Int)
  case binary(PromQLBinaryOperator, left: PromQLNodeID, returnsBool: Bool, matching: PromQLMatching)

  /// Whether its right operand ends before an operator.
  func ends(before next: PromQLBinaryOperator) -> Bool {
    let precedence =
      switch self {
      case .sign: PromQLBinaryOperator.multiply.precedence
      case .binary(let operation, _, _, _): operation.precedence
      }
    return precedence > next.precedence || precedence == next.precedence && !next.isRightAssociative
  }
}
