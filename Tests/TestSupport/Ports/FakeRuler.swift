package import Model

/// A ruler in memory, for several processes and for people.
package final class FakeRuler: Sendable {
  /// A write that took effect.
  package enum Write: Sendable {
    case put(RuleKey, RuleGroup, by: String)
    case delete(RuleKey, by: String)
  }

  /// Asked for every call, such as `put acme/rules/cpu`; a failure is the answer, and nothing else happens.
  package typealias Script = @Sendable (String) -> RulerFailure?

  private struct State {
    var groups: [RuleKey: RuleGroup] = [:]
    var writes: [Write] = []
    /// Counts the changes of each tenant.
    var revisions: [TenantID: Int] = [:]
    var groupLimit = Int.max
    var script: Script = { _ in nil }
    var otherTenants: Set<String> = []
    var tenantFailures: [String] = []
    var hidesTenants = false
  }

  private let state = Watched(State())
  private let rewrite: @Sendable (RuleGroup) -> RuleGroup

  /// - Parameter rewrite: what the ruler makes of a group that it is given.
  package init(rewrite: @escaping @Sendable (RuleGroup) -> RuleGroup = { $0 }) {
    self.rewrite = rewrite
  }

  // MARK: For the test

  /// All groups.
  package var groups: [RuleKey: RuleGroup] { state.value.groups }

  /// What processes have written so far.
  package var writes: [Write] { state.value.writes }

  /// A group comes into being or changes, by somebody else.
  package func set(_ group: RuleGroup, at key: RuleKey) {
    state.update { state in
      state.groups[key] = group
      state.revisions[key.tenant, default: 0] += 1
    }
  }

  /// A group goes away, by somebody else.
  package func remove(_ key: RuleKey) {
    state.update { state in
      state.groups[key] = nil
      state.revisions[key.tenant, default: 0] += 1
    }
  }

  /// Says how calls fail from now on.
  package func fail(_ script: @escaping Script) {
    state.update { $0.script = script }
  }

  /// Bounds the groups of a tenant. As in Cortex, a group that is to be replaced counts twice.
  package func limitGroups(to limit: Int) {
    state.update { $0.groupLimit = limit }
  }

  /// Says what the list of tenants is beside those that have groups.
  ///
  /// - Parameter hidingOthers: whether those that have groups are left out.
  package func setTenants(_ names: Set<String>, failures: [String] = [], hidingOthers: Bool = false) {
    state.update { state in
      state.otherTenants = names
      state.tenantFailures = failures
      state.hidesTenants = hidingOthers
    }
  }

  /// Returns the groups as soon as they satisfy a condition.
  @discardableResult
  package func wait(
    for what: String, until isSatisfied: @escaping @Sendable ([RuleKey: RuleGroup]) -> Bool
  ) async throws -> [RuleKey: RuleGroup] {
    try await state.wait(for: what) { isSatisfied($0.groups) }.groups
  }

  /// The ruler as one process sees it.
  package func client(of process: FakeProcess) -> some RulerClient {
    Client(world: self, process: process)
  }

  // MARK: What processes ask

  private func tenants() -> RulerTenants {
    let state = state.value
    let own = state.hidesTenants ? [] : Set(state.groups.keys.map(\.tenant.name))
    return RulerTenants(names: own.union(state.otherTenants), failures: state.tenantFailures)
  }

  private func rules(of tenant: TenantID) -> RulerReading<RulerRules> {
    let state = state.value
    if let failure = state.script("list \(tenant)") { return .unknown(failure) }
    var namespaces: [String: [ResourceGroup]] = [:]
    for (key, group) in state.groups.sorted(by: { $0.key < $1.key }) where key.tenant == tenant {
      namespaces[key.namespace, default: []].append(.group(group))
    }
    guard !namespaces.isEmpty else { return .absent }
    return .present(
      RulerRules(namespaces: namespaces, fingerprint: "\(tenant) \(state.revisions[tenant] ?? 0)"))
  }

  private func group(_ key: RuleKey) -> RulerReading<RuleGroup> {
    let state = state.value
    if let failure = state.script("get \(key)") { return .unknown(failure) }
    return state.groups[key].map { .present($0) } ?? .absent
  }

  private func put(_ group: RuleGroup, as key: RuleKey, by process: FakeProcess) -> Result<Void, RulerFailure> {
    let group = rewrite(group)
    return state.update { state in
      if let failure = state.script("put \(key)") { return .failure(failure) }
      guard state.groups.keys.count(where: { $0.tenant == key.tenant }) < state.groupLimit else {
        return .failure(RulerFailure(.groupLimit, status: 400, message: "per-user rule groups limit exceeded"))
      }
      state.groups[key] = group
      state.revisions[key.tenant, default: 0] += 1
      state.writes.append(.put(key, group, by: process.name))
      return .success(())
    }
  }

  private func delete(_ key: RuleKey, by process: FakeProcess) -> Result<Void, RulerFailure> {
    state.update { state in
      if let failure = state.script("delete \(key)") { return .failure(failure) }
      state.groups[key] = nil
      state.revisions[key.tenant, default: 0] += 1
      state.writes.append(.delete(key, by: process.name))
      return .success(())
    }
  }

  private struct Client: RulerClient {
    static var ended: RulerFailure { RulerFailure(.transient, message: "ended") }

    let world: FakeRuler
    let process: FakeProcess

    func tenants() async -> RulerTenants {
      await process.call("list tenants") { world.tenants() } ?? RulerTenants(names: [], failures: ["ended"])
    }

    func rules(of tenant: TenantID) async -> RulerReading<RulerRules> {
      await process.call("list \(tenant)") { world.rules(of: tenant) } ?? .unknown(Self.ended)
    }

    func group(_ key: RuleKey) async -> RulerReading<RuleGroup> {
      await process.call("get \(key)") { world.group(key) } ?? .unknown(Self.ended)
    }

    func put(_ group: RuleGroup, as key: RuleKey) async throws(RulerFailure) {
      let answer = await process.call("put \(key)") { world.put(group, as: key, by: process) }
      try (answer ?? .failure(Self.ended)).get()
    }

    func delete(_ key: RuleKey) async throws(RulerFailure) {
      let answer = await process.call("delete \(key)") { world.delete(key, by: process) }
      try (answer ?? .failure(Self.ended)).get()
    }
  }
}
