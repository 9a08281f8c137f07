package import Model

/// How a group of a tenant stands, and how it came to that.
package struct GroupReport: Sendable, Equatable {
  /// How the group stands.
  package var outcome: GroupOutcome
  /// How it stood before the plan's step was done, or failed.
  package var planned: GroupOutcome
  /// The resource that has the group; `nil` where it is gone from Kubernetes.
  package var resource: ResourceID?
  /// What both sides last agreed on, as Kubernetes has it; `nil` where they never did.
  package var hash: ContentHash?

  package init(outcome: GroupOutcome, planned: GroupOutcome, resource: ResourceID?, hash: ContentHash?) {
    self.outcome = outcome
    self.planned = planned
    self.resource = resource
    self.hash = hash
  }
}

extension GroupOutcome {
  /// Whether it is the same in all but the words.
  func isLike(_ other: GroupOutcome) -> Bool {
    state == other.state && reason == other.reason
  }
}
