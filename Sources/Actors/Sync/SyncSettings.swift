package import Model

/// What the informer may do, and how long it may take.
package struct SyncSettings: Sendable {
  package var policy: SyncPolicy
  package var check: ResourceCheck
  package var placement: ImportPlacement
  /// Whether plans are logged and nothing is written.
  package var isDryRun: Bool
  /// How long a pass over a tenant begins writes, before it makes room for another tenant's.
  package var passDuration: Duration
  /// How long the ruler or a store may take for an answer.
  package var answerTimeout: Duration
  /// How long a tenant for which there was nothing to do is taken at its word, as long as both sides look the same.
  /// After that the ledger is looked at, too.
  package var settledDuration: Duration
  /// How long groups are reported as they were last, when the ruler cannot be read. After that they are unknown.
  package var unreadableGrace: Duration
  /// After how many writes the ledger is saved while there are more to do.
  package var writesPerSave: Int
  /// After how many failures in a row a pass is given up.
  package var failureLimit: Int

  package init(
    policy: SyncPolicy = SyncPolicy(), check: ResourceCheck = ResourceCheck(),
    placement: ImportPlacement = ImportPlacement(), isDryRun: Bool = false, passDuration: Duration = .seconds(20),
    answerTimeout: Duration = .seconds(30), settledDuration: Duration = .seconds(600),
    unreadableGrace: Duration = .seconds(300), writesPerSave: Int = 50, failureLimit: Int = 3
  ) {
    self.policy = policy
    self.check = check
    self.placement = placement
    self.isDryRun = isDryRun
    self.passDuration = passDuration
    self.answerTimeout = answerTimeout
    self.settledDuration = settledDuration
    self.unreadableGrace = unreadableGrace
    self.writesPerSave = writesPerSave
    self.failureLimit = failureLimit
  }

  /// The merge under these settings.
  var reconciler: Reconciler {
    Reconciler(policy: policy, comparison: check.comparison, placement: placement)
  }
}
