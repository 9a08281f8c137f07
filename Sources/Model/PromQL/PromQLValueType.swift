/// What an expression yields.
package enum PromQLValueType: String, Sendable, CustomStringConvertible {
  /// A call of a function that does not exist.
  case none
  case scalar
  /// An instant vector.
  case vector
  /// A range vector.
  case matrix
  case string

  /// The words of Prometheus' documentation.
  package var description: String {
    switch self {
    case .none, .scalar, .string: rawValue
    case .vector: "instant vector"
    case .matrix: "range vector"
    }
  }
}
