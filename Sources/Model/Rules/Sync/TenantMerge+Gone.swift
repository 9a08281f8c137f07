extension TenantMerge {
  /// The step for a group that the ruler has and Kubernetes has not.
  func goneStep(_ key: LedgerKey, _ group: RuleGroup, _ hash: ContentHash, _ base: LedgerEntry?) -> PlanStep? {
    let namespace = importNamespace(of: key)
    let found = Found(group: group, hash: hash)
    guard let base else {
      // Row 3.
      guard let namespace else { return nil }
      guard policy.tracks else { return PlanStep(key: key, outcome: GroupOutcome(.foreign, .trackerOff)) }
      return importGroup(key, found, into: namespace, .newInRuler)
    }
    if let sighting = base.sighting, !placement.scope.covers(sighting) { return unwatchedStep(key, sighting) }
    if base.rulerHash == hash { return removal(key, found, base) }
    // Row 12.
    if policy.tracks, let namespace { return importGroup(key, found, into: namespace, .changedSinceDeletion) }
    let message = "removed from Kubernetes, and changed in the ruler since: nothing is removed there"
    return told(PlanStep(key: key, outcome: GroupOutcome(.orphaned, .deleteConflict, message)), base)
  }

  /// Row U: the group came from a resource that is not looked for here. It may be there still, and another informer may
  /// look after it.
  private func unwatchedStep(_ key: LedgerKey, _ sighting: LedgerEntry.Sighting) -> PlanStep {
    let selector = sighting.selector.isEmpty ? "without a selector" : "by the selector \(sighting.selector)"
    let place = "in namespace \(sighting.namespace) \(selector)"
    let message = "its resource was seen \(place), where this informer does not look"
    return PlanStep(key: key, outcome: GroupOutcome(.foreign, .notWatched, message))
  }

  /// Row 11: the group is as this program knows it, and gone from Kubernetes.
  private func removal(_ key: LedgerKey, _ found: Found, _ base: LedgerEntry) -> PlanStep {
    if let obstacle = removalObstacle(base) {
      // Where it is not known whether the resource was among those that are watched, it may be there still.
      let isBuried = base.state == .tombstone || base.sighting == nil
      return PlanStep(
        key: key, action: isBuried ? .none : .bury,
        outcome: GroupOutcome(.orphaned, .removedFromKubernetes, obstacle))
    }
    guard pass.mayRemove else {
      let message = "nothing is removed before both sides have been read wholly"
      return PlanStep(key: key, outcome: GroupOutcome(.held, .firstPass, message))
    }
    let removal = GroupRemoval(hash: found.hash, group: found.group)
    return told(
      PlanStep(
        key: key, action: .remove(removal), outcome: GroupOutcome(.pending, .removedFromKubernetes)),
      base, .normal)
  }

  /// Why a group stays in the ruler that is gone from Kubernetes; `nil`: it does not.
  private func removalObstacle(_ base: LedgerEntry) -> String? {
    if base.origin == .ruler { return "what came from the ruler is not removed there" }
    guard policy.updates, policy.removes else { return "nothing is removed from the ruler" }
    return base.sighting == nil ? "an earlier version has noted it, and not where its resource was" : nil
  }

  /// Adds an event about a resource that is gone. Its name is not known any more, so that it gets the one that an import
  /// would have.
  private func told(_ step: PlanStep, _ base: LedgerEntry, _ kind: RuleEvent.Kind = .warning) -> PlanStep {
    let namespace = importNamespace(of: step.key) ?? placement.fallback ?? "default"
    let key = RuleKey(tenant: sides.tenant, namespace: step.key.namespace, group: step.key.group)
    let rule = OpenMetricsRule(
      id: ResourceID(namespace: namespace, name: ImportName.name(for: key)), uid: base.uid, tenants: [], groups: [])
    var step = step
    step.event = event(kind, step.outcome, about: rule, of: step.key)
    return step
  }
}
