package import Model

/// A request that a ``ScriptedUpstream`` has received as a whole.
package struct ReceivedRequest: Sendable {
  /// The connection it came on, counted from 1.
  package var connection: Int
  /// How many requests of the same tenant came before it.
  package var attempt: Int
  package var method: String
  package var target: String
  package var fields: HeaderFields
  package var body: [UInt8]

  /// The value of `X-Scope-OrgID`.
  package var tenant: String? { fields["X-Scope-OrgID"] }
}
