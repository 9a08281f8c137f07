/// One of the two directions in which rules are kept in step.
package enum SyncHalf: String, Sendable, CaseIterable {
  /// From Kubernetes to the ruler: RuleUpdater's.
  case updater
  /// From the ruler to Kubernetes: RuleTracker's.
  case tracker
}
