/// Why the ruler did not do what was asked.
package struct RulerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    /// No answer, or 5xx, 408, 429: the same request may succeed later.
    case transient
    /// The ruler says that the group is not valid. Its words may be empty: Cortex says nothing of a bad expression.
    case invalid
    /// The tenant has as many groups as it may have.
    case groupLimit
    /// The group has more rules than it may have.
    case ruleLimit
    /// The answer is not one of a ruler: a wrong URL, or its API is off.
    case misconfigured
    /// No permission (401, 403).
    case unauthorized
  }

  package var kind: Kind
  /// The HTTP status; `nil` where there was no answer.
  package var status: Int?
  /// In words, for people; bounded.
  package var message: String
  /// How long the ruler asks to wait.
  package var retryAfter: Duration?

  package init(_ kind: Kind, status: Int? = nil, message: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.status = status
    self.message = message
    self.retryAfter = retryAfter
  }

  package var description: String {
    status.map { "status \($0): \(message)" } ?? message
  }
}
