extension TenantMerge {
  /// A group that a resource has, and the resource.
  struct Wanted {
    let key: LedgerKey
    let source: WantedGroup
    let group: RuleGroup
    let hash: ContentHash

    var rule: OpenMetricsRule { source.resource.rule }
  }

  /// A group in the ruler.
  struct Found {
    let group: RuleGroup
    let hash: ContentHash
  }

  /// The step for a group that a resource has.
  func wantedStep(_ key: LedgerKey, _ source: WantedGroup, _ ruler: RulerGroup, _ base: LedgerEntry?) -> PlanStep {
    let content = source.content.map { Wanted(key: key, source: source, group: $0.group, hash: $0.hash) }
    if let wanted = content, case .present(let group, let hash) = ruler,
      let step = agreement(wanted, Found(group: group, hash: hash), base)
    {
      return step
    }
    // Row 14.
    if let fault = source.resource.fault(ofGroup: source.place) {
      let reason: SyncReason = content == nil ? .unreadable : .invalid
      return warning(GroupOutcome(.invalid, reason, fault.description), source.resource.rule, key)
    }
    if let held = heldByAnnotation(source.resource.rule, key) { return held }
    guard let wanted = content else { return PlanStep(key: key, outcome: .inSync) }
    switch ruler {
    case .unknown(let why):
      // Row 15.
      return PlanStep(key: key, outcome: GroupOutcome(.unknown, .rulerUnknown, why), resource: wanted.rule.id)
    case .absent: return missing(wanted, base)
    case .present(let group, let hash): return differing(wanted, Found(group: group, hash: hash), base)
    }
  }

  /// Rows 1 and 5: both sides are the same, or as they were when they last agreed.
  private func agreement(_ wanted: Wanted, _ found: Found, _ base: LedgerEntry?) -> PlanStep? {
    let isUnchanged = base.map { $0.kubernetesHash == wanted.hash && $0.rulerHash == found.hash } ?? false
    if isUnchanged, let base, base.state == .agreed, isNoted(wanted, base) {
      return PlanStep(key: wanted.key, outcome: .inSync, resource: wanted.rule.id)
    }
    guard isUnchanged || wanted.hash == found.hash || comparison.areEqual(wanted.group, found.group) else { return nil }
    let agreement = PlanAction.Agreement(
      kubernetesHash: wanted.hash, rulerHash: found.hash, uid: wanted.rule.uid, sighting: sighting(of: wanted),
      origin: wanted.source.origin)
    return PlanStep(key: wanted.key, action: .adopt(agreement), outcome: .inSync, resource: wanted.rule.id)
  }

  /// What is noted of the resource that has a group.
  func sighting(of wanted: Wanted) -> LedgerEntry.Sighting {
    placement.scope.sighting(in: wanted.rule.id.namespace)
  }

  /// Whether the ledger need not be told where the resource was seen. What somebody has seen in a namespace that is not
  /// watched, or of another resource by another selector, stays noted: perhaps another informer looks after that.
  private func isNoted(_ wanted: Wanted, _ base: LedgerEntry) -> Bool {
    guard let known = base.sighting else { return false }
    if known == sighting(of: wanted) || !placement.scope.watches(known.namespace) { return true }
    return base.uid != wanted.rule.uid && !placement.scope.covers(known)
  }

  private func heldByAnnotation(_ rule: OpenMetricsRule, _ key: LedgerKey) -> PlanStep? {
    switch rule.syncMode {
    case .both, .pushOnly, .pullOnly: return nil
    case .paused: return PlanStep(key: key, outcome: GroupOutcome(.held, .paused), resource: rule.id)
    case .unrecognised(let text):
      let message = "the annotation \(SyncAnnotation.mode) is \"\(text)\": paused, push-only and pull-only are known"
      return warning(GroupOutcome(.held, .unrecognisedSyncMode, message), rule, key)
    }
  }

  // MARK: The ruler has nothing

  private func missing(_ wanted: Wanted, _ base: LedgerEntry?) -> PlanStep {
    guard let base, base.kubernetesHash == wanted.hash else {
      // Rows 2 and 10.
      return push(wanted, over: nil, base == nil ? .notInRuler : .changedInKubernetes)
    }
    // Row 9.
    guard pushObstacle(wanted) == nil else {
      let message = "removed from the ruler by somebody else"
      return warning(GroupOutcome(.missing, .missingInRuler, message), wanted.rule, wanted.key)
    }
    return repair(wanted, over: nil, GroupOutcome(.pending, .restoredInRuler, "was removed from the ruler"), base)
  }

  // MARK: The ruler has something else

  private func differing(_ wanted: Wanted, _ found: Found, _ base: LedgerEntry?) -> PlanStep {
    if let base, base.kubernetesHash == wanted.hash, base.rulerHash != found.hash {
      // Row 7.
      return changedInRuler(wanted, found, base)
    }
    // A push whose end was not recorded, to a ruler that leaves something out.
    if let base, base.rulerHash != found.hash, comparison.isRendering(found.group, of: wanted.group) {
      return push(wanted, over: found, .changedInKubernetes)
    }
    // What an import has that nobody else has touched came from the ruler, by a write whose end was not recorded: it
    // weighs nothing against what the ruler has now.
    if wanted.rule.isUntouchedImport, takeoverVerdict(wanted, found) == .possible {
      return takeOver(found, into: wanted, GroupOutcome(.pending, .changedInRuler))
    }
    // Row 4.
    guard let base else { return conflict(wanted, found, .firstContactConflict, nil) }
    if base.rulerHash == found.hash {
      // Row 6.
      return push(wanted, over: found, .changedInKubernetes)
    }
    // Row 8.
    return conflict(wanted, found, .conflict, base)
  }

  private func changedInRuler(_ wanted: Wanted, _ found: Found, _ base: LedgerEntry) -> PlanStep {
    let summary = difference(from: wanted.group, to: found.group)
    let why: String
    switch takeoverVerdict(wanted, found) {
    case .possible: return takeOver(found, into: wanted, GroupOutcome(.pending, .changedInRuler, summary))
    case .leftTo(let tenant):
      let outcome = GroupOutcome(.pending, .changedInRuler, "taken over together with tenant \(tenant)")
      return PlanStep(key: wanted.key, outcome: outcome, resource: wanted.rule.id)
    case .impossible(let obstacle): why = obstacle
    }
    let isTracked = policy.tracks && wanted.rule.syncMode != .pushOnly
    let repairs = policy.drift.map { $0 == .repair } ?? !isTracked
    guard repairs, pushObstacle(wanted) == nil else {
      let message = "changed in the ruler, and \(why): \(summary)"
      return warning(GroupOutcome(.drifted, .rulerDrift, message), wanted.rule, wanted.key)
    }
    return repair(
      wanted, over: found, GroupOutcome(.pending, .driftRepaired, "was changed in the ruler: \(summary)"), base)
  }

  private func conflict(
    _ wanted: Wanted, _ found: Found, _ reason: SyncReason, _ base: LedgerEntry?
  ) -> PlanStep {
    let summary = difference(from: wanted.group, to: found.group)
    let what = base == nil ? "differs in Kubernetes and in the ruler" : "changed in Kubernetes and in the ruler"
    func outcome(_ end: String) -> GroupOutcome {
      GroupOutcome(.conflict, reason, "\(what), \(end); from Kubernetes to the ruler: \(summary)")
    }
    switch policy.conflict {
    case .kubernetes where pushObstacle(wanted) == nil:
      return repair(wanted, over: found, outcome("Kubernetes wins"), base, lost: Self.lost(found.group))
    case .ruler where takeoverVerdict(wanted, found) == .possible:
      return takeOver(found, into: wanted, outcome("the ruler wins"), lost: Self.lost(wanted.group))
    default:
      return warning(outcome("and nothing is written until both are the same"), wanted.rule, wanted.key)
    }
  }

  private static func lost(_ group: RuleGroup) -> String {
    YAMLWriter.text(of: group.document).beginning(upTo: LedgerEntry.maximumLostLength)
  }

  func warning(_ outcome: GroupOutcome, _ rule: OpenMetricsRule, _ key: LedgerKey) -> PlanStep {
    PlanStep(key: key, outcome: outcome, resource: rule.id, event: event(.warning, outcome, about: rule, of: key))
  }

  private func difference(from before: RuleGroup, to after: RuleGroup) -> String {
    GroupDifference(from: before, to: after, dialect: comparison.dialect).summary()
  }
}
