/// What a plan says of one group.
package struct PlanStep: Sendable {
  package var key: LedgerKey
  package var action: PlanAction
  /// How the group stands as long as ``action`` is not done; with no action, how it stands.
  package var outcome: GroupOutcome
  /// The resource that has the group, or that will have it; `nil` where it is gone from Kubernetes.
  package var resource: ResourceID?
  /// What people are to be told where the outcome is another one than in the pass before; about ``resource``.
  package var event: RuleEvent?
  /// What is said of a rule of the group that stands in another place, too; `nil`: there is none.
  package var duplicate: RuleVerdict.Finding?

  init(
    key: LedgerKey, action: PlanAction = .none, outcome: GroupOutcome, resource: ResourceID? = nil,
    event: RuleEvent? = nil
  ) {
    self.key = key
    self.action = action
    self.outcome = outcome
    self.resource = resource
    self.event = event
  }
}
