/// What is known of a group of a tenant, for the status of the resource that has it.
package struct GroupReport: Sendable, Equatable {
  package var outcome: GroupOutcome
  /// Of the content that both sides last agreed on, as Kubernetes has it; `nil` where they never did.
  package var agreed: ContentHash?

  package init(_ outcome: GroupOutcome, agreed: ContentHash? = nil) {
    self.outcome = outcome
    self.agreed = agreed
  }
}
