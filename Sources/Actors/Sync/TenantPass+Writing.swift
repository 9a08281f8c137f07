import Model

/// The steps of a plan: read, compare, write, read back.
extension TenantPass {
  /// Reads the first of the groups that a write is about, for comparison with what the plan was made for.
  mutating func check(_ work: PassWork, _ keys: ArraySlice<LedgerKey>) -> Action {
    guard let key = keys.first else { return misused() }
    stage = .checking(key, work, others: keys.dropFirst())
    return .readGroup(key)
  }

  /// A group was read: before a write or after it.
  mutating func groupRead(_ reading: RulerReading<RuleGroup>, at moment: PassMoment) -> Action {
    switch stage {
    case .checking(let key, let work, let others): return checked(key, work, others, reading, at: moment)
    case .readingBack(let key, let push): return readBack(key, push, reading, at: moment)
    default: return misused()
    }
  }

  private mutating func checked(
    _ key: LedgerKey, _ work: PassWork, _ others: ArraySlice<LedgerKey>, _ reading: RulerReading<RuleGroup>,
    at moment: PassMoment
  ) -> Action {
    let hash: ContentHash?
    switch reading {
    case .unknown(let failure): return fail(work, failure, at: moment)
    case .absent: hash = nil
    case .present(let group):
      hash = comparison.hash(group)
      if case .push(_, var push) = work, hash == push.hash {
        // It is there already, and nobody had to write over anything.
        push.isRepair = false
        return readBack(key, push, reading, at: moment)
      }
    }
    if case .remove = work, hash == nil { return removed(key, at: moment) }
    guard hash == work.expectedHash(of: key) else { return contest(work, at: moment) }
    if !others.isEmpty { return check(work, others) }
    stage = .writing(work)
    return write(work)
  }

  private func write(_ work: PassWork) -> Action {
    switch work {
    case .push(let key, let push): .put(push.group, key)
    case .remove(let key, _): .delete(key)
    case .importGroup(_, let groupImport, _): .create(groupImport.resource)
    case .update(let update): .update(update.resource)
    }
  }

  // MARK: To the ruler

  /// A group was written to the ruler, or could not be.
  mutating func groupPut(_ result: Result<Void, RulerFailure>, at moment: PassMoment) -> Action {
    guard case .writing(.push(let key, let push)) = stage else { return misused() }
    switch result {
    case .success:
      writesSinceSave += 1
      stage = .readingBack(key, push)
      return .readGroup(key)
    case .failure(let failure):
      return fail(.push(key, push), failure, at: moment)
    }
  }

  private mutating func readBack(
    _ key: LedgerKey, _ push: GroupPush, _ reading: RulerReading<RuleGroup>, at moment: PassMoment
  ) -> Action {
    switch reading {
    case .unknown(let failure): return fail(.push(key, push), failure, at: moment)
    case .absent: return contest(.push(key, push), at: moment)
    case .present(let group):
      guard ledger.record(push, of: key, readBack: group, comparison: comparison, at: moment.seconds) == .agreed else {
        return contest(.push(key, push), at: moment)
      }
      record.rulerHashes[key] = comparison.hash(group)
      return succeed([key], at: moment)
    }
  }

  /// A group was removed from the ruler, or could not be.
  mutating func groupDeleted(_ result: Result<Void, RulerFailure>, at moment: PassMoment) -> Action {
    guard case .writing(.remove(let key, let removal)) = stage else { return misused() }
    switch result {
    case .success:
      writesSinceSave += 1
      return removed(key, at: moment)
    case .failure(let failure):
      return fail(.remove(key, removal), failure, at: moment)
    }
  }

  private mutating func removed(_ key: LedgerKey, at moment: PassMoment) -> Action {
    ledger.recordRemoval(of: key)
    record.rulerHashes[key] = nil
    ends[key] = GroupOutcome(.synced, .goneFromBoth)
    failuresInARow = 0
    return proceed(at: moment)
  }

  // MARK: To Kubernetes

  /// A resource was created or updated, or could not be.
  mutating func resourceWritten(
    _ result: Result<OpenMetricsRule, RuleStoreFailure>, at moment: PassMoment
  ) -> Action {
    guard case .writing(let work) = stage else { return misused() }
    switch result {
    case .failure(let failure): return fail(work, failure, at: moment)
    case .success(let stored):
      writesSinceSave += 1
      let agreed = recordAgreements(work, stored, at: moment)
      for key in work.keys where !agreed.contains(key) {
        ends[key] = GroupOutcome(.failed, .writeFailed, "the store has left the group out")
      }
      return succeed(agreed, at: moment)
    }
  }

  /// - Returns: the groups that the resource has as the store has it now.
  private mutating func recordAgreements(
    _ work: PassWork, _ stored: OpenMetricsRule, at moment: PassMoment
  ) -> [LedgerKey] {
    switch work {
    case .importGroup(let key, let groupImport, _):
      return ledger.record(groupImport, of: key, stored: stored, comparison: comparison, at: moment.seconds)
        ? [key] : []
    case .update(let update):
      return work.keys.filter { key in
        guard let takeover = update.takeovers[key] else { return false }
        return ledger.record(takeover, of: key, stored: stored, comparison: comparison, at: moment.seconds)
      }
    case .push, .remove: return []
    }
  }

  private mutating func fail(_ work: PassWork, _ failure: RuleStoreFailure, at moment: PassMoment) -> Action {
    if failure.kind == .exists, case .importGroup(let key, let groupImport, let attempt) = work,
      attempt < Self.maximumNames
    {
      return importUnderAnotherName(key, groupImport, attempt: attempt + 1)
    }
    let outcome =
      failure.kind == .conflict
      ? GroupOutcome(.drifted, .rulerDrift, "changed in the ruler, and its resource by somebody else: \(failure)")
      : GroupOutcome(.failed, .writeFailed, failure.description)
    for key in work.keys { ends[key] = outcome }
    if failure.kind == .transient { countFailure(failure.description, failure.retryAfter) }
    return proceed(at: moment)
  }

  /// How many names are tried for an import: somebody may have taken one for a resource that is not watched.
  private static var maximumNames: Int { 5 }

  private mutating func importUnderAnotherName(
    _ key: LedgerKey, _ groupImport: GroupImport, attempt: Int
  ) -> Action {
    var renamed = groupImport
    let ruleKey = RuleKey(tenant: subject.tenant, namespace: key.namespace, group: key.group)
    renamed.resource.id.name = ImportName.name(for: ruleKey, attempt: attempt)
    let work = PassWork.importGroup(key, renamed, attempt: attempt)
    stage = .writing(work)
    return .create(renamed.resource)
  }

  // MARK: What came of it

  private mutating func succeed(_ keys: [LedgerKey], at moment: PassMoment) -> Action {
    for key in keys {
      ends[key] = .inSync
      record.suspects.remove(key)
    }
    failuresInARow = 0
    return proceed(at: moment)
  }

  /// Somebody else was faster: what the plan was made for is not true any more.
  private mutating func contest(_ work: PassWork, at moment: PassMoment) -> Action {
    for key in work.keys {
      ends[key] = GroupOutcome(.pending, .contested, "somebody else has written it to the ruler at the same time")
    }
    problem = "somebody else writes to the ruler"
    return proceed(at: moment)
  }

  private mutating func fail(_ work: PassWork, _ failure: RulerFailure, at moment: PassMoment) -> Action {
    for key in work.keys { fail(key, work, failure, at: moment) }
    return proceed(at: moment)
  }

  private mutating func fail(_ key: LedgerKey, _ work: PassWork, _ failure: RulerFailure, at moment: PassMoment) {
    switch failure.kind {
    case .invalid:
      guard case .push(_, let push) = work else { break }
      let message =
        failure.message.isEmpty
        ? "the ruler refuses the group and does not say why: most probably an expression is not valid"
        : "the ruler refuses the group: \(failure.message)"
      record.refusals[key] = RulerRefusal(hash: push.hash, message: message, since: moment.time)
      ends[key] = GroupOutcome(.invalid, .refusedByRuler, message)
      return
    case .groupLimit:
      crowdedOut.insert(key)
    case .ruleLimit:
      break
    case .transient:
      countFailure(failure.description, failure.retryAfter)
      record.suspects.insert(key)
    case .misconfigured, .unauthorized:
      give(up: failure.description, failure.retryAfter)
    }
    ends[key] = GroupOutcome(.failed, .writeFailed, failure.description)
  }

  /// Where one failure follows the other, something is wrong with more than a group.
  private mutating func countFailure(_ why: String, _ wait: Duration?) {
    failuresInARow += 1
    problem = why
    if let wait { retryAfter = max(wait, retryAfter ?? .zero) }
    if failuresInARow >= subject.settings.failureLimit { give(up: why, nil) }
  }
}

extension PassWork {
  /// What the ruler has if the plan is still true; `nil`: nothing.
  fileprivate func expectedHash(of key: LedgerKey) -> ContentHash? {
    switch self {
    case .push(_, let push): push.replaced
    case .remove(_, let removal): removal.hash
    case .importGroup(_, let groupImport, _): groupImport.hash
    case .update(let update): update.takeovers[key]?.hash
    }
  }
}
