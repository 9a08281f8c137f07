/// What makes two events the same.
package struct EventKey: Hashable, Sendable {
  private let resource: ResourceID
  private let uid: String
  private let kind: RuleEvent.Kind
  private let reason: String
  private let note: String?

  /// - Parameter note: `nil` where the event stands for many with different notes.
  init(_ event: RuleEvent, note: String?) {
    resource = event.resource
    uid = event.uid
    kind = event.kind
    reason = event.reason
    self.note = note
  }
}
