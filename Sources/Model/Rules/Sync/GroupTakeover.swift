/// A group to be written from the ruler into the resource that has it. Of all takeovers into one resource
/// ``Plan/resourceUpdates`` makes one write.
package struct GroupTakeover: Sendable {
  /// As the ruler has it.
  package var group: RuleGroup
  /// Of ``group``.
  package var hash: ContentHash
  /// What the resource has.
  package var replacedGroup: RuleGroup
  /// Of the resource.
  package var sighting: LedgerEntry.Sighting
  /// The text that loses a conflict by it.
  package var lost: String?
}
