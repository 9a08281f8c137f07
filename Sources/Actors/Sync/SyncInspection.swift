package import Logging
package import Model

/// Looks at all tenants and says what would be done for them. Writes nothing, and asks nobody whether it may lead.
package struct SyncInspection: Sendable {
  /// What was found out about a tenant.
  package struct Finding: Sendable {
    package var tenant: TenantID
    /// `nil` where a side could not be read.
    package var plan: Plan?
    /// Why not; `nil` where there is a plan.
    package var problem: String?
  }

  /// What was found out.
  package struct Report: Sendable {
    /// By tenant.
    package var findings: [Finding]
    /// Why nothing may be written at all; `nil`: it may.
    package var obstacle: String?
  }

  private let settings: SyncSettings
  private let ports: SyncPorts
  private let configured: Set<TenantID>
  private let time: any TimeSource
  private let logger: Logger

  /// - Parameter configured: tenants that are looked for in the ruler in any case.
  package init(
    settings: SyncSettings, ports: SyncPorts, configured: Set<TenantID>, time: any TimeSource, logger: Logger
  ) {
    var settings = settings
    settings.isDryRun = true
    self.settings = settings
    self.ports = ports
    self.configured = configured
    self.time = time
    self.logger = logger
  }

  /// What would be done. Groups that would be removed are among it, though the first pass of an informer removes nothing.
  ///
  /// - Throws: why the resources could not be read.
  package func run() async throws(RuleStoreFailure) -> Report {
    var watch = ResourceWatchStateMachine(settings.check)
    let view = watch.received(try await ports.store.list()).view
    let directory = TenantDirectory(
      configured: configured, ports: ports, readiness: Readiness(), time: time, answerTimeout: settings.answerTimeout,
      logger: logger)
    directory.note(view)
    await directory.discover(for: .tracker)
    let memory = SyncMemory()
    var findings: [Finding] = []
    for tenant in directory.tenants(for: .tracker).sorted() {
      findings.append(await inspect(tenant, view, memory))
    }
    return Report(findings: findings, obstacle: directory.obstacle)
  }

  private func inspect(_ tenant: TenantID, _ view: ResourceView, _ memory: SyncMemory) async -> Finding {
    let subject = PassSubject(
      tenant: tenant, half: .updater, term: 0, view: view, settings: settings,
      rulerHashOfTenant: { memory.rulerHash(of: $1, tenant: $0) })
    var record = TenantRecord()
    record.completedTerm = subject.term
    var pass = TenantPass(subject, record: record, at: PassMoment(time))
    var action = pass.start(at: PassMoment(time))
    while true {
      switch action {
      case .readRuler(let known):
        let reading = await ports.ruler.rules(of: tenant, unlike: known)
        action = pass.rulerRead(reading, at: PassMoment(time))
      case .loadLedger:
        let ledger = await loadLedger(of: tenant)
        action = pass.ledgerLoaded(ledger, at: PassMoment(time))
      case .end(let result):
        memory.replace(result.record, of: tenant)
        return Finding(tenant: tenant, plan: result.plan, problem: result.record.problem)
      case .readBoth, .saveLedger, .readGroup, .put, .delete, .create, .update:
        preconditionFailure("a dry run only reads")
      }
    }
  }

  private func loadLedger(of tenant: TenantID) async -> Result<VersionedLedger, LedgerFailure> {
    do {
      return .success(try await ports.ledgers.load(tenant))
    } catch {
      return .failure(error)
    }
  }
}
