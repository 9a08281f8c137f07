/// What is to be done about a group.
package indirect enum PlanAction: Sendable {
  /// Nothing.
  case none

  // Only the ledger is written, by whoever carries out the plan.

  /// Both sides agree, and the ledger does not know it yet.
  case adopt(Agreement)
  /// The group is gone from Kubernetes and stays in the ruler, from where it must not be imported again.
  case bury
  /// The group is gone from both sides.
  case forget

  // RuleUpdater's half.

  /// Write the group to the ruler.
  case push(GroupPush)
  /// Remove the group from the ruler.
  case remove(GroupRemoval)

  // RuleTracker's half.

  /// Create a resource for the group.
  case importGroup(GroupImport)
  /// Write the group into the resource that has it.
  case takeOver(GroupTakeover)

  /// What both sides have.
  package struct Agreement: Sendable, Equatable {
    package var kubernetesHash: ContentHash
    package var rulerHash: ContentHash
    package var uid: String
    /// Of the resource.
    package var sighting: LedgerEntry.Sighting
    package var origin: LedgerEntry.Origin
  }
}
