import Model

/// What is made of a pass when it is over.
extension TenantPass {
  /// This process does not lead any more, or is about to end: nothing else is done. What was written and not noted in
  /// the ledger is found by the next pass.
  mutating func broughtToAnEnd() -> Action {
    stage = .ended
    record.settled = nil
    return .end(PassResult(end: .notLeading, record: record))
  }

  /// Everything is as it was when there was nothing to do.
  mutating func endUnchanged() -> Action {
    stage = .ended
    record.problem = nil
    record.unreadableSince = nil
    return .end(PassResult(end: .done, record: record))
  }

  /// A side could not be read. For a while its groups are reported as they were: rulers are restarted, too.
  mutating func unreadable(_ why: String, _ retryAfter: Duration?, at moment: PassMoment) -> Action {
    stage = .ended
    let since = record.unreadableSince ?? moment.seconds
    record.unreadableSince = since
    record.problem = why
    var result = PassResult(end: .failed(retryAfter: retryAfter), record: record)
    let grace = Int64(subject.settings.unreadableGrace.inSeconds)
    guard record.groups.isEmpty || moment.seconds - since >= grace else { return .end(result) }
    let plan = reconciler.plan(
      for: TenantSides(
        tenant: subject.tenant, base: Ledger(), kubernetes: index.side(of: subject.tenant), ruler: .unknown(why)),
      in: SyncPass(now: moment.seconds, mayRemove: false))
    // The ruler may answer then as it did before, which says nothing of what is reported now.
    result.record.settled = nil
    report(plan, in: &result)
    return .end(result)
  }

  /// The pass is over.
  mutating func end(at moment: PassMoment) -> Action {
    stage = .ended
    guard let plan else { return misused() }
    var result = PassResult(end: .done, record: record, plan: plan)
    report(plan, in: &result)
    remember(plan, in: &result.record, at: moment)
    if problem != nil {
      result.end = .failed(retryAfter: retryAfter)
    } else if isUnfinished || isHeldByFirstPass(plan) {
      result.end = .unfinished
    }
    return .end(result)
  }

  /// What was held back because it was the first pass need not wait for long.
  private func isHeldByFirstPass(_ plan: Plan) -> Bool {
    !subject.settings.isDryRun && record.completedTerm != subject.term && sidesAreWhole
      && plan.steps.contains { $0.outcome.reason == .firstPass }
  }

  private var sidesAreWhole: Bool {
    if case .known = ruler { !index.isIncomplete } else { false }
  }

  private func remember(_ plan: Plan, in record: inout TenantRecord, at moment: PassMoment) {
    let keys = Set(plan.steps.map(\.key))
    record.refusals = record.refusals.filter { keys.contains($0.key) }
    record.suspects.formIntersection(keys)
    record.unreadableSince = nil
    record.problem = problem
    if sidesAreWhole { record.completedTerm = subject.term }
    record.settled =
      isSettled(plan)
      ? TenantRecord.Settled(
        fingerprint: fingerprint, revision: subject.view.revision(of: subject.tenant), term: subject.term,
        since: moment.time) : nil
  }

  /// Whether there is nothing to do until something changes, and nothing that depends on other tenants or on time.
  private func isSettled(_ plan: Plan) -> Bool {
    guard problem == nil, ends.isEmpty, sidesAreWhole, plan.isSettled else { return false }
    return plan.steps.allSatisfy { step in
      switch step.outcome.state {
      case .synced, .invalid, .duplicate, .orphaned, .foreign: true
      case .pending, .failed, .conflict, .drifted, .missing, .held, .unknown: false
      }
    }
  }

  // MARK: How groups stand

  private func report(_ plan: Plan, in result: inout PassResult) {
    var groups: [LedgerKey: GroupRecord] = [:]
    for step in plan.steps {
      let before = before(step)
      let group = group(step, before: before)
      result.events += events(step, group, before: before)
      if step.outcome.state == .conflict, before?.planned.isLike(step.outcome) != true { result.newConflicts += 1 }
      if group.report.outcome.reason != .goneFromBoth { groups[step.key] = group }
    }
    result.hasNews =
      groups != record.groups || plan.duplicates != record.duplicates || plan.heldRemovals != record.heldRemovals
    result.record.groups = groups
    result.record.duplicates = plan.duplicates
    result.record.heldRemovals = plan.heldRemovals
    result.record.revision = subject.view.revision(of: subject.tenant)
  }

  /// How a group stood before. After a start its resource says so.
  private func before(_ step: PlanStep) -> GroupRecord? {
    if let group = record.groups[step.key] { return group }
    let status = step.resource.flatMap { subject.view.resources[$0] }?.status
    let sync = status?.sync.first { sync in
      sync.tenant == subject.tenant.name && sync.rulerNamespace == step.key.namespace && sync.group == step.key.group
    }
    guard let sync, let reason = SyncReason(rawValue: sync.reason) else { return nil }
    let outcome = GroupOutcome(sync.state, reason, sync.message)
    let duplicate = status?.conditions.first { $0.type == .duplicate && $0.isTrue == true }
    return GroupRecord(report: GroupReport(outcome, duplicate: duplicate?.message ?? ""), planned: outcome)
  }

  private func group(_ step: PlanStep, before: GroupRecord?) -> GroupRecord {
    var outcome = ends[step.key] ?? step.outcome
    if ends[step.key] == nil, let before, before.planned.isLike(step.outcome) {
      // What the other half, or an earlier pass, has tried in vain is still in vain.
      let known = before.report.outcome
      if known.state != .synced, !known.isLike(step.outcome) { outcome = known }
    }
    return GroupRecord(
      report: GroupReport(
        outcome, agreed: ledger.entries[step.key]?.kubernetesHash, duplicate: step.duplicate?.text ?? ""),
      planned: step.outcome)
  }

  /// People are told when something is otherwise than before, not as long as it is.
  private func events(_ step: PlanStep, _ group: GroupRecord, before: GroupRecord?) -> [RuleEvent] {
    var events: [RuleEvent] = []
    if let event = step.event, before?.planned.isLike(step.outcome) != true,
      before?.report.outcome.isLike(step.outcome) != true
    {
      events.append(event)
    }
    if let event = duplicateEvent(step, before: before) { events.append(event) }
    let outcome = group.report.outcome
    if outcome.state == .failed || outcome.reason == .refusedByRuler, !outcome.isLike(step.outcome),
      before?.report.outcome.isLike(outcome) != true, let rule = step.resource.flatMap({ subject.view.resources[$0] })
    {
      events.append(warning(outcome.reason, outcome.message, of: step.key, about: rule))
    }
    return events
  }

  /// A duplicate that is not written is told of by its step.
  private func duplicateEvent(_ step: PlanStep, before: GroupRecord?) -> RuleEvent? {
    guard let duplicate = step.duplicate, step.outcome.reason != .duplicateRule,
      before.map({ $0.report.duplicate.isEmpty && $0.report.outcome.reason != .duplicateRule }) ?? true,
      let rule = step.resource.flatMap({ subject.view.resources[$0] })
    else { return nil }
    return warning(.duplicateRule, duplicate.text, of: step.key, about: rule)
  }

  private func warning(
    _ reason: SyncReason, _ message: String, of key: LedgerKey, about rule: OpenMetricsRule
  ) -> RuleEvent {
    let place = "tenant \(subject.tenant), ruler namespace \(key.namespace), group \(key.group)"
    return RuleEvent(.warning, reason: reason.rawValue, note: "\(place): \(message)", about: rule)
  }
}
