/// What is recorded of a plan once it is done. Until then nothing is: a write whose end was not recorded is found out by
/// the next plan, which sees that both sides are the same.
extension Ledger {
  /// What came of writing a group to the ruler.
  package enum PushEnd: Sendable, Equatable {
    /// The ruler has what was written.
    case agreed
    /// The ruler has something that it cannot have made of what was written: somebody else was faster. Nothing is
    /// agreed; the next plan sees a conflict.
    case contested
  }

  /// Records a push.
  ///
  /// - Parameters:
  ///   - readBack: what the ruler has after the write.
  ///   - now: in seconds since 1970.
  package mutating func record(
    _ push: GroupPush, of key: LedgerKey, readBack: RuleGroup, comparison: RuleComparison, at now: Int64
  ) -> PushEnd {
    let hash = comparison.hash(readBack)
    var writes = entries[key]?.writes ?? []
    if push.isRepair { writes = writes.suffix(LedgerEntry.maximumWrites - 1) + [now] }
    guard hash == push.hash || comparison.isRendering(readBack, of: push.group) else {
      entries[key]?.writes = writes
      return .contested
    }
    entries[key] = LedgerEntry(
      kubernetesHash: push.hash, rulerHash: hash, origin: push.origin, uid: push.uid,
      sighting: push.sighting, agreed: now, writes: writes, lost: push.lost)
    return .agreed
  }

  /// Records that a group was removed from the ruler.
  package mutating func recordRemoval(of key: LedgerKey) {
    entries[key] = nil
  }

  /// Records an import.
  ///
  /// - Parameter stored: the resource as the store has it now.
  /// - Returns: whether the group is in it. If not, nothing is agreed.
  package mutating func record(
    _ groupImport: GroupImport, of key: LedgerKey, stored: OpenMetricsRule, comparison: RuleComparison, at now: Int64
  ) -> Bool {
    record(
      key, stored, rulerHash: groupImport.hash, sighting: groupImport.sighting, lost: nil, comparison, at: now)
  }

  /// Records a takeover.
  ///
  /// - Parameter stored: the resource as the store has it now.
  /// - Returns: whether the group is in it. If not, nothing is agreed.
  package mutating func record(
    _ takeover: GroupTakeover, of key: LedgerKey, stored: OpenMetricsRule, comparison: RuleComparison, at now: Int64
  ) -> Bool {
    record(
      key, stored, rulerHash: takeover.hash, sighting: takeover.sighting, lost: takeover.lost, comparison, at: now)
  }

  private mutating func record(
    _ key: LedgerKey, _ stored: OpenMetricsRule, rulerHash: ContentHash, sighting: LedgerEntry.Sighting,
    lost: String?, _ comparison: RuleComparison, at now: Int64
  ) -> Bool {
    for case .group(let group) in stored.groups where group.name == key.group {
      entries[key] = LedgerEntry(
        kubernetesHash: comparison.hash(group), rulerHash: rulerHash,
        origin: stored.isUntouchedImport ? .ruler : .kubernetes, uid: stored.uid, sighting: sighting, agreed: now,
        writes: entries[key]?.writes ?? [], lost: lost)
      return true
    }
    return false
  }

  /// Records what a plan has to say of the ledger alone: agreements that were found, groups that are gone.
  ///
  /// - Returns: whether anything has changed.
  package mutating func recordFindings(of plan: Plan, at now: Int64) -> Bool {
    var isChanged = false
    for step in plan.steps {
      switch step.action {
      case .adopt(let agreement): record(agreement, of: step.key, at: now)
      case .bury: entries[step.key]?.state = .tombstone
      case .forget: entries[step.key] = nil
      case .none, .push, .remove, .importGroup, .takeOver: continue
      }
      isChanged = true
    }
    return isChanged
  }

  private mutating func record(_ agreement: PlanAction.Agreement, of key: LedgerKey, at now: Int64) {
    let known = entries[key]
    // Where only the resource is another one, or seen otherwise, both sides have agreed on nothing new.
    let isKnown = known?.kubernetesHash == agreement.kubernetesHash && known?.rulerHash == agreement.rulerHash
    entries[key] = LedgerEntry(
      kubernetesHash: agreement.kubernetesHash, rulerHash: agreement.rulerHash, origin: agreement.origin,
      uid: agreement.uid, sighting: agreement.sighting, agreed: now, writes: known?.writes ?? [],
      lost: isKnown ? known?.lost : nil)
  }
}
