/// A group to be written to the ruler.
package struct GroupPush: Sendable {
  /// As Kubernetes has it.
  package var group: RuleGroup
  /// Of ``group``.
  package var hash: ContentHash
  /// What the ruler must have right before the write, or the plan is out of date; `nil`: nothing.
  package var replaced: ContentHash?
  /// What the ruler has; `nil`: nothing.
  package var replacedGroup: RuleGroup?
  /// The resource that has the group.
  package var resource: ResourceID
  package var uid: String
  /// Of the resource.
  package var sighting: LedgerEntry.Sighting
  package var origin: LedgerEntry.Origin
  /// Whether it undoes what somebody did to the ruler.
  package var isRepair: Bool
  /// The text that loses a conflict by it.
  package var lost: String?
}
