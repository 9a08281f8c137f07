/// A function of PromQL: what it takes, and what it yields.
package struct PromQLFunction: Sendable, Equatable {
  /// How many arguments may be given.
  package enum Arity: Sendable, Equatable {
    /// One for each parameter.
    case exact
    /// The last parameter stands for none, or for up to so many arguments.
    case lastUpTo(Int)
    /// The last parameter stands for any number of arguments, also none.
    case lastRepeated
  }

  /// The name as it is called; case counts.
  package let name: String
  /// The types of the parameters.
  package let parameters: [PromQLValueType]
  package let arity: Arity
  /// What a call yields.
  package let result: PromQLValueType
  /// Whether it has to be switched on: ``PromQLFeatures/experimentalFunctions``.
  package let isExperimental: Bool

  init(
    _ name: String, _ parameters: [PromQLValueType], arity: Arity = .exact, result: PromQLValueType = .vector,
    isExperimental: Bool = false
  ) {
    self.name = name
    self.parameters = parameters
    self.arity = arity
    self.result = result
    self.isExperimental = isExperimental
  }
}
