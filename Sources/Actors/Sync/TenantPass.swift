import Model

/// One pass over a tenant: both sides are read, the merge says what is to be done, and one half of that is done.
///
/// Every input returns what is to be done next, so that there is never more than one thing under way; each action names
/// the input that it is reported by. A pass may be given up at any point: what it has written by then, the next one
/// finds on both sides and adopts.
///
/// In this order:
/// 1. The ruler is read, unless its answer is one that was settled; then the ledger. The merge makes the plan.
/// 2. Before anything that is taken from the absence of something, and before anything is written to Kubernetes, both
///    sides are read again, from the stores themselves, and the plan is made anew.
/// 3. Before the first write the ledger is saved over the version that was read. Where that is refused, another
///    informer is at work, and this one writes nothing.
/// 4. For each step: the group is read, compared with what the plan was made for, written, and read back; the ledger
///    notes what came of it. Groups are written before others are removed.
/// 5. The ledger is saved.
struct TenantPass: ~Copyable {
  /// What is to be done next.
  enum Action: Sendable {
    /// ``TenantPass/rulerRead(_:at:)``
    case readRuler(unlike: String?)
    /// ``TenantPass/ledgerLoaded(_:at:)``
    case loadLedger
    /// Both sides, the resources first; ``TenantPass/bothRead(_:_:at:)``
    case readBoth
    /// ``TenantPass/ledgerSaved(_:at:)``
    case saveLedger(Ledger, over: String?)
    /// ``TenantPass/groupRead(_:at:)``
    case readGroup(LedgerKey)
    /// ``TenantPass/groupPut(_:at:)``
    case put(RuleGroup, LedgerKey)
    /// ``TenantPass/groupDeleted(_:at:)``
    case delete(LedgerKey)
    /// ``TenantPass/resourceWritten(_:at:)``
    case create(OpenMetricsRule)
    /// ``TenantPass/resourceWritten(_:at:)``
    case update(OpenMetricsRule)
    case end(PassResult)
  }

  enum Stage {
    case begun
    /// With what had been settled when the ruler was asked: its answer may be about that, however late it comes.
    case readingRuler(TenantRecord.Settled?)
    case loadingLedger
    case readingBoth
    /// The ledger is saved before the first write, in between, or after all.
    case saving(isLast: Bool)
    /// A group is compared with what the plan was made for; those in `others` still have to be.
    case checking(LedgerKey, PassWork, others: ArraySlice<LedgerKey>)
    case writing(PassWork)
    case readingBack(LedgerKey, GroupPush)
    case ended
  }

  let subject: PassSubject
  var stage = Stage.begun
  /// As it was before this pass, but for what this pass has found out about single groups.
  var record: TenantRecord
  var index: ResourceIndex
  var ruler = RulerSide.unknown("it was not read")
  /// Of the ruler's answer; `nil` where it said that there is nothing.
  var fingerprint: String?
  var ledger = Ledger()
  /// The ledger as the store has it.
  var saved = VersionedLedger(Ledger(), version: nil)
  var plan: Plan?

  /// When no further write is begun.
  var deadline: MonotonicTime
  var queue: ArraySlice<PassWork> = []
  var hasReadBoth = false
  /// Whether the ledger was saved once, which says that nobody else is at work.
  var hasClaimed = false
  var writesSinceSave = 0
  /// What became of the steps that were tried.
  var ends: [LedgerKey: GroupOutcome] = [:]
  /// Groups for which the ruler had no room.
  var crowdedOut: Set<LedgerKey> = []
  var failuresInARow = 0
  var retryAfter: Duration?
  /// Why not all was done that could not wait.
  var problem: String?
  var isUnfinished = false

  init(_ subject: PassSubject, record: TenantRecord, at moment: PassMoment) {
    self.subject = subject
    self.record = record
    index = subject.view.index
    deadline = moment.time
  }

  var reconciler: Reconciler { subject.settings.reconciler }
  var comparison: RuleComparison { subject.settings.check.comparison }

  // MARK: Reading

  /// The pass begins.
  mutating func start(at moment: PassMoment) -> Action {
    let settled = settled(at: moment)
    stage = .readingRuler(settled)
    return .readRuler(unlike: settled?.fingerprint)
  }

  /// The ruler has answered, or not.
  mutating func rulerRead(_ reading: RulerReading<RulerRules?>, at moment: PassMoment) -> Action {
    guard case .readingRuler(let settled) = stage else { return misused() }
    switch reading {
    case .present(nil):
      return settled == nil ? unreadable("the ruler's answer is unknown", nil, at: moment) : endUnchanged()
    case .absent where settled != nil && settled?.fingerprint == nil: return endUnchanged()
    case .unknown(let failure): return unreadable(failure.description, failure.retryAfter, at: moment)
    case .present(let rules?): take(.present(rules))
    case .absent: take(.absent)
    }
    stage = .loadingLedger
    return .loadLedger
  }

  /// The ledger was loaded, or could not be.
  mutating func ledgerLoaded(_ result: Result<VersionedLedger, LedgerFailure>, at moment: PassMoment) -> Action {
    switch result {
    case .failure(let failure): return unreadable(failure.description, nil, at: moment)
    case .success(let loaded):
      ledger = loaded.ledger
      saved = loaded
    }
    makePlan(at: moment)
    guard !subject.settings.isDryRun else { return end(at: moment) }
    deadline = moment.time + subject.settings.passDuration
    if subject.half == .updater { queue = pushes { _ in true } }
    return proceed(at: moment)
  }

  /// Both sides were read again.
  mutating func bothRead(
    _ index: Result<ResourceIndex, RuleStoreFailure>, _ reading: RulerReading<RulerRules>, at moment: PassMoment
  ) -> Action {
    hasReadBoth = true
    switch (index, reading) {
    case (.failure(let failure), _):
      give(up: failure.description, failure.retryAfter)
      return conclude(at: moment)
    case (_, .unknown(let failure)):
      give(up: failure.description, failure.retryAfter)
      return conclude(at: moment)
    case (.success(let index), _):
      self.index = index
      take(reading)
    }
    makePlan(at: moment)
    switch subject.half {
    case .updater:
      let (crowdedOut, ends) = (crowdedOut, ends)
      queue = removals + pushes { crowdedOut.contains($0) || ends[$0] == nil }
      self.crowdedOut = []
    case .tracker: queue = imports + updates
    }
    return proceed(at: moment)
  }

  /// What had been settled, where it may still be true.
  private func settled(at moment: PassMoment) -> TenantRecord.Settled? {
    guard let settled = record.settled, settled.term == subject.term,
      settled.revision == subject.view.revision(of: subject.tenant),
      moment.time - settled.since < subject.settings.settledDuration,
      !record.refusals.values.contains(where: { isOld($0, at: moment) })
    else { return nil }
    return settled
  }

  /// Whether the ruler may say otherwise by now: its limits change, and so does what stands in front of it.
  private func isOld(_ refusal: RulerRefusal, at moment: PassMoment) -> Bool {
    moment.time - refusal.since >= subject.settings.settledDuration
  }

  private mutating func take(_ reading: RulerReading<RulerRules>) {
    if case .present(let rules) = reading { fingerprint = rules.fingerprint } else { fingerprint = nil }
    ruler = RulerSide(reading, comparison: comparison)
    guard case .known(let groups) = ruler else { return }
    record.rulerHashes = groups.compactMapValues { group in
      if case .group(_, let hash) = group { hash } else { nil }
    }
  }

  private mutating func makePlan(at moment: PassMoment) {
    if subject.half == .updater {
      // Only who sends a group again may forget what became of it.
      record.refusals = record.refusals.filter { !isOld($0.value, at: moment) }
    }
    let plan = reconciler.plan(
      for: TenantSides(
        tenant: subject.tenant, base: ledger, kubernetes: index.side(of: subject.tenant), ruler: ruler,
        refusals: record.refusals, rulerHashOfTenant: subject.rulerHashOfTenant),
      in: SyncPass(now: moment.seconds, mayRemove: record.completedTerm == subject.term))
    _ = ledger.recordFindings(of: plan, at: moment.seconds)
    self.plan = plan
  }

  // MARK: What is to be written

  /// The groups to write to the ruler. Those that failed last time come last, so that they hold up no others.
  private func pushes(where isMeant: (LedgerKey) -> Bool) -> ArraySlice<PassWork> {
    let pushes = (plan?.pushes ?? []).filter { isMeant($0.key) }
    let suspects = record.suspects
    return ArraySlice(
      (pushes.filter { !suspects.contains($0.key) } + pushes.filter { suspects.contains($0.key) })
        .map { .push($0.key, $0.push) })
  }

  private var removals: ArraySlice<PassWork> {
    ArraySlice((plan?.removals ?? []).map { .remove($0.key, $0.removal) })
  }

  private var imports: ArraySlice<PassWork> {
    ArraySlice((plan?.imports ?? []).map { .importGroup($0.key, $0.import, attempt: 0) })
  }

  private var updates: ArraySlice<PassWork> {
    ArraySlice((plan?.resourceUpdates(in: index) ?? []).map { .update($0) })
  }

  // MARK: What is next

  /// The next write, or the end.
  mutating func proceed(at moment: PassMoment) -> Action {
    guard !queue.isEmpty else {
      guard problem == nil, !hasReadBoth, needsFreshSides else { return conclude(at: moment) }
      stage = .readingBoth
      return .readBoth
    }
    if hasClaimed, !ends.isEmpty, moment.time >= deadline {
      isUnfinished = true
      queue = []
      return conclude(at: moment)
    }
    if !hasClaimed || writesSinceSave >= subject.settings.writesPerSave {
      stage = .saving(isLast: false)
      return .saveLedger(ledger, over: saved.version)
    }
    let work = queue.removeFirst()
    return check(work, work.keys[...])
  }

  /// What is concluded from absence, and what is written to Kubernetes, needs both sides as they are.
  private var needsFreshSides: Bool {
    switch subject.half {
    case .updater: !removals.isEmpty
    case .tracker: !imports.isEmpty || !updates.isEmpty
    }
  }

  /// The ledger was saved, or could not be.
  mutating func ledgerSaved(_ result: Result<String, LedgerFailure>, at moment: PassMoment) -> Action {
    guard case .saving(let isLast) = stage else { return misused() }
    switch result {
    case .success(let version):
      saved = VersionedLedger(ledger, version: version)
      hasClaimed = true
      writesSinceSave = 0
      return isLast ? end(at: moment) : proceed(at: moment)
    case .failure(let failure):
      give(up: failure.description, nil)
      return end(at: moment)
    }
  }

  /// Nothing more is written in this pass.
  mutating func give(up why: String, _ retryAfter: Duration?) {
    problem = why
    if let retryAfter { self.retryAfter = max(retryAfter, self.retryAfter ?? .zero) }
    queue = []
  }

  /// Nothing more is written; the ledger is saved where it has changed.
  private mutating func conclude(at moment: PassMoment) -> Action {
    guard ledger != saved.ledger else { return end(at: moment) }
    stage = .saving(isLast: true)
    return .saveLedger(ledger, over: saved.version)
  }

  func misused() -> Action {
    preconditionFailure("a pass was told of something that was not under way")
  }
}
