import Model

/// The ports as one pass uses them: every call ends in time, and every write is counted.
struct PassPorts: Sendable {
  private static let noAnswer = "no answer in time"

  let tenant: TenantID
  let ports: SyncPorts
  let watch: ResourceWatch
  let metrics: InformerMetrics
  let time: any TimeSource
  let answerTimeout: Duration

  // MARK: Reading

  func rules(unlike known: String?) async -> RulerReading<RulerRules?> {
    await limited { await ports.ruler.rules(of: tenant, unlike: known) } ?? .unknown(Self.noRuler)
  }

  func rules() async -> RulerReading<RulerRules> {
    await limited { await ports.ruler.rules(of: tenant) } ?? .unknown(Self.noRuler)
  }

  func group(_ key: LedgerKey) async -> RulerReading<RuleGroup> {
    await limited { await ports.ruler.group(ruleKey(key)) } ?? .unknown(Self.noRuler)
  }

  func ledger() async -> Result<VersionedLedger, LedgerFailure> {
    await limited { await Self.result { () throws(LedgerFailure) in try await ports.ledgers.load(tenant) } }
      ?? .failure(.store(Self.noAnswer))
  }

  /// The resources as they are in the store itself.
  func freshIndex() async -> Result<ResourceIndex, RuleStoreFailure> {
    await limited { await Self.result { () throws(RuleStoreFailure) in try await watch.freshIndex() } }
      ?? .failure(Self.noStore)
  }

  // MARK: Writing, for as long as nobody else may lead

  func save(_ ledger: Ledger, over version: String?, in term: LeaseTerm) async -> Result<String, LedgerFailure> {
    let result = await limited(to: term) {
      await Self.result { () throws(LedgerFailure) in try await ports.ledgers.save(ledger, of: tenant, over: version) }
    }
    metrics.ledgerWrites.with(Self.label(result)).increment()
    return result ?? .failure(.store(Self.noAnswer))
  }

  func put(_ group: RuleGroup, _ key: LedgerKey, in term: LeaseTerm) async -> Result<Void, RulerFailure> {
    let result = await limited(to: term) {
      await Self.result { () throws(RulerFailure) in try await ports.ruler.put(group, as: ruleKey(key)) }
    }
    return count("put", result) ?? .failure(Self.noRuler)
  }

  func delete(_ key: LedgerKey, in term: LeaseTerm) async -> Result<Void, RulerFailure> {
    let result = await limited(to: term) {
      await Self.result { () throws(RulerFailure) in try await ports.ruler.delete(ruleKey(key)) }
    }
    return count("delete", result) ?? .failure(Self.noRuler)
  }

  func create(_ rule: OpenMetricsRule, in term: LeaseTerm) async -> Result<OpenMetricsRule, RuleStoreFailure> {
    let result = await limited(to: term) {
      await Self.result { () throws(RuleStoreFailure) in try await ports.store.create(rule) }
    }
    return count("create", result) ?? .failure(Self.noStore)
  }

  func update(_ rule: OpenMetricsRule, in term: LeaseTerm) async -> Result<OpenMetricsRule, RuleStoreFailure> {
    let result = await limited(to: term) {
      await Self.result { () throws(RuleStoreFailure) in try await ports.store.update(rule) }
    }
    return count("update", result) ?? .failure(Self.noStore)
  }

  // MARK: Helpers

  private static var noRuler: RulerFailure { RulerFailure(.transient, message: noAnswer) }
  private static var noStore: RuleStoreFailure { RuleStoreFailure(.transient, noAnswer) }

  private func ruleKey(_ key: LedgerKey) -> RuleKey {
    RuleKey(tenant: tenant, namespace: key.namespace, group: key.group)
  }

  private func limited<Value: Sendable>(_ call: @escaping @Sendable () async -> Value) async -> Value? {
    await TimeLimit.run(until: time.now + answerTimeout, on: time, call)
  }

  private func limited<Value: Sendable>(
    to term: LeaseTerm, _ call: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await TimeLimit.run(until: min(time.now + answerTimeout, term.lapse), on: time, call)
  }

  private func count<Value, Failure>(
    _ operation: String, _ result: Result<Value, Failure>?
  ) -> Result<Value, Failure>? {
    metrics.operations.with(operation, Self.label(result)).increment()
    return result
  }

  private static func label<Value, Failure>(_ result: Result<Value, Failure>?) -> String {
    if case .success = result { "success" } else { "failure" }
  }

  private static func result<Value: Sendable, Failure: Error>(
    _ call: @Sendable () async throws(Failure) -> Value
  ) async -> Result<Value, Failure> {
    do {
      return .success(try await call())
    } catch {
      return .failure(error)
    }
  }
}
