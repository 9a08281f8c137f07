/// What is known of a group of a tenant, for the status of the resource that has it.
package struct GroupReport: Sendable, Equatable {
  package var outcome: GroupOutcome
  /// Of the content that both sides last agreed on, as Kubernetes has it; `nil` where they never did.
  package var agreed: ContentHash?

  /// What is said of a rule of the group that stands in another place, too; may be empty.
  package var duplicate: String

  package init(_ outcome: GroupOutcome, agreed: ContentHash? = nil, duplicate: String = "") {
    self.outcome = outcome
    self.agreed = agreed
    self.duplicate = duplicate
  }
}
