/// Decides what is to be done so that Kubernetes and the ruler agree: a merge of both with what they last agreed on.
///
/// The rows that comments name are those of the merge table in Docs/Merge.md.
package struct Reconciler: Sendable {
  package var policy: SyncPolicy
  package var comparison: RuleComparison
  package var placement: ImportPlacement

  package init(
    policy: SyncPolicy = SyncPolicy(), comparison: RuleComparison = RuleComparison(),
    placement: ImportPlacement = ImportPlacement()
  ) {
    self.policy = policy
    self.comparison = comparison
    self.placement = placement
  }

  /// What is to be done for a tenant.
  package func plan(for sides: TenantSides, in pass: SyncPass) -> Plan {
    let merge = TenantMerge(
      policy: policy, comparison: comparison, placement: placement, sides: sides, pass: pass,
      duplicateRules: sides.kubernetes.duplicateRules(isSame: comparison.expressionsAreEqual))
    var steps = merge.keys.compactMap { merge.step(for: $0) }.sorted { $0.key < $1.key }
    let held = holdRemovals(in: &steps, of: sides.base)
    return Plan(tenant: sides.tenant, steps: steps, heldRemovals: held, duplicates: sides.kubernetes.duplicates)
  }

  /// Holds back all removals where there are too many: it is more probable that something has gone wrong with one of
  /// the sides than that somebody wants this.
  ///
  /// - Returns: how many were held back.
  private func holdRemovals(in steps: inout [PlanStep], of ledger: Ledger) -> Int {
    let removals = steps.indices.filter { steps[$0].isRemoval }
    guard removals.count > policy.removalLimit.count else { return 0 }
    // Those of other informers make it no less probable.
    let known = ledger.entries.values.count { $0.sighting.map { placement.scope.covers($0) } ?? false }
    guard removals.count > known * policy.removalLimit.percent / 100 else { return 0 }
    let message = "\(removals.count) of \(known) groups would be removed at once"
    for (count, index) in removals.enumerated() {
      steps[index].hold(GroupOutcome(.held, .massRemoval, message), tells: count == 0)
    }
    return removals.count
  }
}

extension PlanStep {
  fileprivate var isRemoval: Bool {
    if case .remove = action { true } else { false }
  }

  /// - Parameter tells: whether people are told. One of many groups is enough for that.
  fileprivate mutating func hold(_ outcome: GroupOutcome, tells: Bool) {
    action = .none
    self.outcome = outcome
    guard tells, let event else {
      event = nil
      return
    }
    self.event = RuleEvent(
      .warning, reason: outcome.reason.rawValue, note: outcome.message, about: event.resource, uid: event.uid)
  }
}
