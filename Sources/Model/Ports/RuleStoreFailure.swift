/// Why a rule store did not do what was asked.
package struct RuleStoreFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    /// No answer, or one that says to come again.
    case transient
    /// Somebody else owns a field, or was faster.
    case conflict
    /// The resource is not there, or not any more.
    case notFound
    /// It is there already.
    case exists
    /// The store does not take it: not valid, or too large.
    case invalid
    /// No permission.
    case forbidden
  }

  package var kind: Kind
  /// In words, for people; bounded.
  package var message: String
  /// How long the store asks to wait.
  package var retryAfter: Duration?

  package init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
  }

  package var description: String { message }
}
