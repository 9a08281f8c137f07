package import Model

/// Ledgers in memory, for several processes.
package final class FakeLedgerStore: Sendable {
  private struct State {
    var ledgers: [TenantID: VersionedLedger] = [:]
    var lastVersion = 0
    var saves: [TenantID] = []
    var failures: [TenantID: LedgerFailure] = [:]
    var listFailure: LedgerFailure?

    @discardableResult
    mutating func put(_ ledger: Ledger, of tenant: TenantID) -> String {
      lastVersion += 1
      ledgers[tenant] = VersionedLedger(ledger, version: String(lastVersion))
      return String(lastVersion)
    }
  }

  private let state = Watched(State())

  package init() {}

  /// Whose ledger was saved, in order.
  package var saves: [TenantID] { state.value.saves }

  /// A tenant's ledger.
  package func ledger(of tenant: TenantID) -> Ledger {
    state.value.ledgers[tenant]?.ledger ?? Ledger()
  }

  /// Replaces a tenant's ledger, as somebody else would.
  package func replace(_ ledger: Ledger, of tenant: TenantID) {
    state.update { _ = $0.put(ledger, of: tenant) }
  }

  /// Loses a tenant's ledger.
  package func lose(_ tenant: TenantID) {
    state.update { $0.ledgers[tenant] = nil }
  }

  /// Has every request for a tenant's ledger fail from now on, or none.
  package func fail(_ tenant: TenantID, with failure: LedgerFailure?) {
    state.update { $0.failures[tenant] = failure }
  }

  /// Has every list of the tenants fail from now on, or none.
  package func failLists(with failure: LedgerFailure?) {
    state.update { $0.listFailure = failure }
  }

  /// The ledgers as one process sees them.
  package func store(of process: FakeProcess) -> some LedgerStore {
    Client(world: self, process: process)
  }

  private func tenants() -> Result<Set<TenantID>, LedgerFailure> {
    let state = state.value
    return state.listFailure.map { .failure($0) } ?? .success(Set(state.ledgers.keys))
  }

  private func load(_ tenant: TenantID) -> Result<VersionedLedger, LedgerFailure> {
    let state = state.value
    if let failure = state.failures[tenant] { return .failure(failure) }
    return .success(state.ledgers[tenant] ?? VersionedLedger(Ledger(), version: nil))
  }

  private func save(_ ledger: Ledger, of tenant: TenantID, over version: String?) -> Result<String, LedgerFailure> {
    state.update { state in
      if let failure = state.failures[tenant] { return .failure(failure) }
      guard version == state.ledgers[tenant]?.version else { return .failure(.conflict) }
      state.saves.append(tenant)
      return .success(state.put(ledger, of: tenant))
    }
  }

  private struct Client: LedgerStore {
    let world: FakeLedgerStore
    let process: FakeProcess

    func tenants() async throws(LedgerFailure) -> Set<TenantID> {
      let answer = await process.call("list ledgers") { world.tenants() }
      return try (answer ?? .failure(.store("ended"))).get()
    }

    func load(_ tenant: TenantID) async throws(LedgerFailure) -> VersionedLedger {
      let answer = await process.call("load \(tenant)") { world.load(tenant) }
      return try (answer ?? .failure(.store("ended"))).get()
    }

    func save(_ ledger: Ledger, of tenant: TenantID, over version: String?) async throws(LedgerFailure) -> String {
      let answer = await process.call("save \(tenant)") { world.save(ledger, of: tenant, over: version) }
      return try (answer ?? .failure(.store("ended"))).get()
    }
  }
}
