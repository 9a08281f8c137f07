extension TenantMerge {
  // MARK: To the ruler

  /// Why nothing may be written to the ruler; `nil`: it may.
  func pushObstacle(_ wanted: Wanted) -> SyncReason? {
    guard policy.updates else { return .updaterOff }
    return wanted.rule.syncMode == .pullOnly ? .pullOnly : nil
  }

  /// Writes what is new in Kubernetes.
  func push(_ wanted: Wanted, over found: Found?, _ reason: SyncReason) -> PlanStep {
    if let obstacle = pushObstacle(wanted) {
      let outcome = GroupOutcome(obstacle == .updaterOff ? .pending : .held, obstacle)
      return PlanStep(key: wanted.key, outcome: outcome, resource: wanted.rule.id)
    }
    return write(wanted, over: found, GroupOutcome(.pending, reason), isRepair: false, lost: nil)
  }

  /// Writes over what somebody did to the ruler, unless that has happened too often.
  func repair(
    _ wanted: Wanted, over found: Found?, _ outcome: GroupOutcome, _ base: LedgerEntry?, lost: String? = nil
  ) -> PlanStep {
    let recent = (base?.writes ?? []).count { $0 > pass.now - policy.flapLimit.seconds }
    guard recent < policy.flapLimit.writes else {
      let message =
        "written to the ruler \(recent) times in \(policy.flapLimit.seconds) seconds, and each time somebody else "
        + "wrote something else: another informer, perhaps of a cluster with the same namespace template"
      return warning(GroupOutcome(.held, .flapping, message), wanted.rule, wanted.key)
    }
    var step = write(wanted, over: found, outcome, isRepair: true, lost: lost)
    if step.event == nil { step.event = event(.warning, outcome, about: wanted.rule, of: wanted.key) }
    return step
  }

  private func write(
    _ wanted: Wanted, over found: Found?, _ outcome: GroupOutcome, isRepair: Bool, lost: String?
  ) -> PlanStep {
    if let refusal = sides.refusals[wanted.key], refusal.hash == wanted.hash {
      return warning(GroupOutcome(.invalid, .refusedByRuler, refusal.message), wanted.rule, wanted.key)
    }
    if policy.duplicates == .refuse, let finding = duplicateRules[wanted.key], finding.severity == .error {
      return warning(GroupOutcome(.duplicate, .duplicateRule, finding.text), wanted.rule, wanted.key)
    }
    let push = GroupPush(
      group: wanted.group, hash: wanted.hash, replaced: found?.hash, replacedGroup: found?.group,
      resource: wanted.rule.id, uid: wanted.rule.uid, sighting: sighting(of: wanted), origin: wanted.source.origin,
      isRepair: isRepair, lost: lost)
    return PlanStep(key: wanted.key, action: .push(push), outcome: outcome, resource: wanted.rule.id)
  }

  // MARK: To Kubernetes

  /// Whether a change in the ruler may be written into the resource that has the group.
  enum TakeoverVerdict: Equatable {
    case possible
    /// The resource has several tenants, for all of which the ruler has the same now, and this one's plan has the
    /// takeover.
    case leftTo(TenantID)
    case impossible(String)
  }

  func takeoverVerdict(_ wanted: Wanted, _ found: Found) -> TakeoverVerdict {
    guard policy.tracks else { return .impossible("the tracker is off") }
    if wanted.rule.syncMode == .pushOnly { return .impossible("its resource is push-only") }
    if let obstacle = wanted.source.obstacle { return .impossible(obstacle) }
    let others = wanted.source.resource.tenants.filter { $0 != sides.tenant }
    // Row S1.
    guard others.allSatisfy({ sides.rulerHashOfTenant($0, wanted.key) == found.hash }) else {
      return .impossible("its resource has other tenants, too, for whom the ruler has something else")
    }
    guard let first = others.min(), first < sides.tenant else { return .possible }
    return .leftTo(first)
  }

  func takeOver(_ found: Found, into wanted: Wanted, _ outcome: GroupOutcome, lost: String? = nil) -> PlanStep {
    let takeover = GroupTakeover(
      group: found.group, hash: found.hash, replacedGroup: wanted.group, sighting: sighting(of: wanted), lost: lost)
    let kind: RuleEvent.Kind = outcome.state == .conflict ? .warning : .normal
    return PlanStep(
      key: wanted.key, action: .takeOver(takeover), outcome: outcome, resource: wanted.rule.id,
      event: event(kind, outcome, about: wanted.rule, of: wanted.key))
  }

  /// Makes a resource of a group that is in the ruler alone.
  func importGroup(
    _ key: LedgerKey, _ found: Found, into namespace: String, _ reason: SyncReason
  ) -> PlanStep {
    let resource = importedResource(key, found.group, in: namespace)
    let outcome = GroupOutcome(.pending, reason, "found in the ruler")
    let groupImport = GroupImport(
      resource: resource, group: found.group, hash: found.hash, sighting: placement.scope.sighting(in: namespace))
    return PlanStep(
      key: key, action: .importGroup(groupImport), outcome: outcome, resource: resource.id,
      event: event(.normal, outcome, about: resource, of: key))
  }

  func importedResource(_ key: LedgerKey, _ group: RuleGroup, in namespace: String) -> OpenMetricsRule {
    let rulerKey = RuleKey(tenant: sides.tenant, namespace: key.namespace, group: key.group)
    var attempt = 0
    func id() -> ResourceID {
      ResourceID(namespace: namespace, name: ImportName.name(for: rulerKey, attempt: attempt))
    }
    while sides.kubernetes.index.ids.contains(id()) { attempt += 1 }
    let isNamedByTemplate = placement.template.rulerNamespace(for: namespace) == key.namespace
    // Without these labels it would not be watched.
    let labels = placement.scope.selector.labels ?? [:]
    return OpenMetricsRule(
      id: id(), labels: labels, ownLabels: Set(labels.keys),
      annotations: isNamedByTemplate ? [:] : [SyncAnnotation.rulerNamespace: key.namespace],
      description: OpenMetricsRule.importedDescription, tenants: [sides.tenant.name], groups: [.group(group)],
      isWhollyOurs: true)
  }
}
