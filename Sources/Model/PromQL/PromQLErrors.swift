/// What is wrong with an expression: at least one thing, and at most ``PromQLLimits/errors``.
package struct PromQLErrors: Error, Equatable, CustomStringConvertible {
  /// In the order in which Prometheus finds them. Prometheus shows only the first.
  package let errors: [PromQLError]

  /// The first one, as Prometheus prints it: `1:5: parse error: …`.
  package var description: String { errors.first?.description ?? "" }
}
