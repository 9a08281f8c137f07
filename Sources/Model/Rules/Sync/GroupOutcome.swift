/// How a group of a tenant stands.
package struct GroupOutcome: Sendable, Equatable {
  package var state: SyncState
  package var reason: SyncReason
  /// In words, for people; may be empty.
  package var message: String

  package init(_ state: SyncState, _ reason: SyncReason, _ message: String = "") {
    self.state = state
    self.reason = reason
    self.message = message
  }

  /// Both sides are the same.
  package static let inSync = GroupOutcome(.synced, .inSync)
}
