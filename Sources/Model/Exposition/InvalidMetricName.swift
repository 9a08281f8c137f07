/// A name that a metric cannot have.
package struct InvalidMetricName: Error, Equatable, CustomStringConvertible {
  /// What is wrong with a name.
  package enum Reason: Equatable, Sendable {
    /// It does not match `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    case characters
    /// Names of this type end in this, after something else.
    case missingSuffix(String)
    /// Only names of another type end in this.
    case foreignSuffix(String)
  }

  /// The name as it was given.
  package let name: String
  /// What is wrong with it.
  package let reason: Reason

  package var description: String {
    switch reason {
    case .characters: "metric name \"\(name)\" does not match [a-zA-Z_:][a-zA-Z0-9_:]*"
    case .missingSuffix(let suffix): "metric name \"\(name)\" lacks the ending \(suffix) of its type"
    case .foreignSuffix(let suffix): "metric name \"\(name)\" ends in \(suffix), which its type does not allow"
    }
  }
}
