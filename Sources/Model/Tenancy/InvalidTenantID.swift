/// A name that Cortex or Mimir would refuse as a tenant ID.
package struct InvalidTenantID: Error, Equatable, CustomStringConvertible {
  /// What makes a name invalid.
  package enum Reason: Equatable, Sendable {
    case empty
    case unsupportedCharacter(Unicode.Scalar)
    case tooLong
    case reserved
  }

  /// The name that was refused.
  package let name: String
  /// What is wrong with it.
  package let reason: Reason

  /// Cortex's own words where it has some, so that a search for them finds the same cause.
  package var description: String {
    switch reason {
    case .empty: "tenant ID is empty"
    case .unsupportedCharacter(let character):
      "tenant ID '\(name)' contains unsupported character '\(character)'"
    case .tooLong: "tenant ID is too long: max \(TenantID.maximumLength) characters"
    case .reserved: "tenant ID '\(name)' is not allowed"
    }
  }
}
