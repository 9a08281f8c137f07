import Model

/// What happens in the informer, in terms of its instruments.
extension InformerMetrics {
  /// A pass over a tenant has ended.
  func count(_ result: PassResult, of subject: PassSubject, before: TenantRecord) {
    passes.with(subject.half.rawValue, result.end.label).increment()
    guard result.end != .notLeading else { return }
    if result.newConflicts > 0 { conflicts.increment(by: result.newConflicts) }
    if result.hasNews { setGroups(result.record.groups, before: before.groups, of: subject.tenant) }
    if result.record.heldRemovals != before.heldRemovals {
      heldRemovals.with(subject.tenant.name).set(result.record.heldRemovals)
    }
    guard result.plan != nil else { return }
    switch subject.half {
    case .tracker:
      let count = result.record.rulerHashes.count
      trackerRules.with(subject.tenant.name).set(count)
      trackerTenants.with(subject.tenant.name).set(count > 0 ? 1 : 0)
    case .updater:
      let count = subject.view.index.side(of: subject.tenant).keys.count
      updaterRules.with(subject.tenant.name).set(count)
      updaterTenants.with(subject.tenant.name).set(count > 0 ? 1 : 0)
    }
  }

  /// How many groups of a tenant stand in which way. Ways in which none stands or has stood have no gauge.
  private func setGroups(
    _ records: [LedgerKey: GroupRecord], before: [LedgerKey: GroupRecord], of tenant: TenantID
  ) {
    var counts = before.values.reduce(into: [SyncState: Int]()) { $0[$1.report.outcome.state] = 0 }
    for record in records.values { counts[record.report.outcome.state, default: 0] += 1 }
    for (state, count) in counts { groups.with(tenant.name, state.rawValue).set(count) }
    let count = records.values.count { !$0.report.duplicate.isEmpty }
    if count > 0 || before.values.contains(where: { !$0.report.duplicate.isEmpty }) {
      duplicates.with(tenant.name).set(count)
    }
  }

  /// All tenants are in step, as far as one direction goes.
  func noteSuccess(_ half: SyncHalf, at secondsSince1970: Double) {
    lastSuccess.with(half.rawValue).set(Int(secondsSince1970))
  }
}
