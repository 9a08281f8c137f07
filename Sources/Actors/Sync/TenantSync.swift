package import Logging
package import Model

/// Does passes over tenants, for the updater and the tracker: never two at a time over one tenant.
///
/// Every write asks at its very time whether this process leads, and is over before anybody else may lead.
package final class TenantSync: Sendable {
  package let memory = SyncMemory()
  let settings: SyncSettings
  let watch: ResourceWatch
  let leadership: LeadershipCell
  let time: any TimeSource
  let metrics: InformerMetrics
  let logger: Logger

  private let ports: SyncPorts
  private let statuses: StatusWriter
  private let turns = Turns<TenantID>()
  private let planned: @Sendable (Plan) -> Void

  /// - Parameters:
  ///   - statuses: told of every tenant for which something stands otherwise.
  ///   - planned: in a dry run, given each plan that is another one than before.
  package init(
    settings: SyncSettings, ports: SyncPorts, watch: ResourceWatch, leadership: LeadershipCell,
    statuses: StatusWriter, metrics: InformerMetrics, time: any TimeSource, logger: Logger,
    planned: @escaping @Sendable (Plan) -> Void = { _ in }
  ) {
    self.settings = settings
    self.ports = ports
    self.watch = watch
    self.leadership = leadership
    self.statuses = statuses
    self.metrics = metrics
    self.time = time
    self.logger = logger
    self.planned = planned
  }

  /// Does one pass over a tenant, when it is its turn.
  @concurrent
  func pass(over tenant: TenantID, _ half: SyncHalf) async -> PassEnd {
    let end = try? await turns.withTurn(of: tenant) { await run(tenant, half) }
    // Whoever is told to end while it waits for its turn does not lead any more.
    return end ?? .notLeading
  }

  private func run(_ tenant: TenantID, _ half: SyncHalf) async -> PassEnd {
    guard let term = leadership.term, let view = watch.views.newest else { return .notLeading }
    let subject = PassSubject(
      tenant: tenant, half: half, term: term.transitions, view: view, settings: settings,
      rulerHashOfTenant: { [memory] in memory.rulerHash(of: $1, tenant: $0) })
    let before = memory.record(of: tenant)
    let result = await perform(TenantPass(subject, record: before, at: moment), of: subject)
    memory.replace(result.record, of: tenant)
    await report(result, of: subject, before: before)
    return result.end
  }

  private var moment: PassMoment { PassMoment(time) }

  // MARK: Carrying out

  private func perform(_ pass: consuming TenantPass, of subject: PassSubject) async -> PassResult {
    let ports = PassPorts(
      tenant: subject.tenant, ports: ports, watch: watch, metrics: metrics, time: time,
      answerTimeout: settings.answerTimeout)
    var action = pass.start(at: moment)
    while true {
      if case .end(let result) = action { return result }
      action = await perform(action, in: &pass, subject, ports)
    }
  }

  private func perform(
    _ action: TenantPass.Action, in pass: inout TenantPass, _ subject: PassSubject, _ ports: PassPorts
  ) async -> TenantPass.Action {
    guard !Task.isCancelled else { return pass.broughtToAnEnd() }
    switch action {
    case .readRuler(let known):
      let reading = await ports.rules(unlike: known)
      return pass.rulerRead(reading, at: moment)
    case .loadLedger:
      let ledger = await ports.ledger()
      return pass.ledgerLoaded(ledger, at: moment)
    case .readBoth:
      let index = await ports.freshIndex()
      let rules = await ports.rules()
      return pass.bothRead(index, rules, at: moment)
    case .readGroup(let key):
      let reading = await ports.group(key)
      return pass.groupRead(reading, at: moment)
    case .saveLedger, .put, .delete, .create, .update, .end:
      // Asked at the time of each write: a term may end at any time.
      guard let term = leadership.term, term.transitions == subject.term else { return pass.broughtToAnEnd() }
      return await write(action, in: &pass, ports, term)
    }
  }

  private func write(
    _ action: TenantPass.Action, in pass: inout TenantPass, _ ports: PassPorts, _ term: LeaseTerm
  ) async -> TenantPass.Action {
    switch action {
    case .saveLedger(let ledger, let version):
      let result = await ports.save(ledger, over: version, in: term)
      return pass.ledgerSaved(result, at: moment)
    case .put(let group, let key):
      let result = await ports.put(group, key, in: term)
      return pass.groupPut(result, at: moment)
    case .delete(let key):
      let result = await ports.delete(key, in: term)
      return pass.groupDeleted(result, at: moment)
    case .create(let rule):
      let result = await ports.create(rule, in: term)
      return pass.resourceWritten(result, at: moment)
    case .update(let rule):
      let result = await ports.update(rule, in: term)
      return pass.resourceWritten(result, at: moment)
    case .readRuler, .loadLedger, .readBoth, .readGroup, .end:
      return action
    }
  }

  // MARK: Telling

  private func report(_ result: PassResult, of subject: PassSubject, before: TenantRecord) async {
    metrics.count(result, of: subject, before: before)
    guard result.end != .notLeading else { return }
    log(result, of: subject, before: before)
    if settings.isDryRun {
      if let plan = result.plan, result.hasNews { planned(plan) }
      return
    }
    if result.plan != nil || result.hasNews { statuses.note(subject.tenant) }
    for event in result.events { await ports.store.record(event) }
  }

  /// Logs what is in the way, once as long as it is the same.
  private func log(_ result: PassResult, of subject: PassSubject, before: TenantRecord) {
    switch (before.problem, result.record.problem) {
    case (let before, let problem?) where before != problem:
      logger.warning("tenant \(subject.tenant) is not in step: \(problem)")
    case (_?, nil):
      logger.info("tenant \(subject.tenant): what was in the way is gone")
    default: break
    }
  }
}
