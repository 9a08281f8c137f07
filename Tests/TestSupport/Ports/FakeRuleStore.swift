package import Model

/// Resources in memory, for several processes and for people.
package final class FakeRuleStore: Sendable {
  /// A write that took effect.
  package enum Write: Sendable {
    case create(OpenMetricsRule, by: String)
    case update(OpenMetricsRule, by: String)
    case status(RuleStatus, ResourceID, by: String)
  }

  /// Asked for every call, such as `create default/cpu`; a failure is the answer, and nothing else happens.
  package typealias Script = @Sendable (String) -> RuleStoreFailure?

  private struct State {
    var resources: [ResourceID: OpenMetricsRule] = [:]
    var faults: [String] = []
    var revision = 0
    var lastUID = 0
    var writes: [Write] = []
    var events: [RuleEvent] = []
    var script: Script = { _ in nil }
    var watchIsHeld = false

    var snapshot: RuleStoreSnapshot {
      RuleStoreSnapshot(resources: resources, faults: faults, revision: revision)
    }

    mutating func store(_ rule: OpenMetricsRule) -> OpenMetricsRule {
      revision += 1
      var stored = rule
      let current = resources[rule.id]
      if current == nil { lastUID += 1 }
      stored.uid = current?.uid ?? "uid-\(lastUID)"
      stored.created = current?.created ?? Int64(lastUID)
      stored.generation = (current?.generation ?? 0) + 1
      stored.resourceVersion = String(revision)
      stored.status = current?.status
      resources[rule.id] = stored
      return stored
    }
  }

  private let state: Watched<State>
  private let watch = Broadcast<RuleStoreSnapshot>()

  /// - Parameter isListed: whether there is a first list; otherwise the first change makes one.
  package init(isListed: Bool = true) {
    state = Watched(State())
    if isListed { change { _ in } }
  }

  // MARK: For the test

  /// All resources.
  package var resources: [ResourceID: OpenMetricsRule] { state.value.resources }

  /// All of it.
  package var snapshot: RuleStoreSnapshot { state.value.snapshot }

  /// What processes have written so far.
  package var writes: [Write] { state.value.writes }

  /// What processes have told people so far.
  package var events: [RuleEvent] { state.value.events }

  /// Somebody applies a resource: its spec is as given, the rest is the store's. What was ours is theirs now.
  @discardableResult
  package func apply(_ rule: OpenMetricsRule) -> OpenMetricsRule {
    change { state in
      var rule = rule
      rule.isWhollyOurs = false
      return state.store(rule)
    }
  }

  /// Somebody deletes a resource.
  package func delete(_ id: ResourceID) {
    change { state in
      state.resources[id] = nil
      state.revision += 1
    }
  }

  /// Documents come that cannot be read, or go.
  package func setFaults(_ faults: [String]) {
    change { state in
      state.faults = faults
      state.revision += 1
    }
  }

  /// Says how calls fail from now on.
  package func fail(_ script: @escaping Script) {
    state.update { $0.script = script }
  }

  /// Holds back what the watches would tell, or lets it through.
  package func holdWatch(_ isHeld: Bool) {
    change { $0.watchIsHeld = isHeld }
  }

  /// Returns what processes have written as soon as it satisfies a condition.
  @discardableResult
  package func wait(
    for what: String, until isSatisfied: @escaping @Sendable ([ResourceID: OpenMetricsRule]) -> Bool
  ) async throws -> [ResourceID: OpenMetricsRule] {
    try await state.wait(for: what) { isSatisfied($0.resources) }.resources
  }

  /// The store as one process sees it.
  package func store(of process: FakeProcess) -> some RuleStore {
    Client(world: self, process: process)
  }

  /// Changes the resources and tells the watches, in one step, so that nobody is told of an older state last.
  private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    state.update { state in
      let result = body(&state)
      if !state.watchIsHeld { watch.send(state.snapshot) }
      return result
    }
  }

  // MARK: What processes ask

  private func list() -> Result<RuleStoreSnapshot, RuleStoreFailure> {
    let state = state.value
    return state.script("list").map { .failure($0) } ?? .success(state.snapshot)
  }

  private func create(_ rule: OpenMetricsRule, by process: FakeProcess) -> Result<OpenMetricsRule, RuleStoreFailure> {
    change { state in
      if let failure = state.script("create \(rule.id)") { return .failure(failure) }
      guard state.resources[rule.id] == nil else { return .failure(RuleStoreFailure(.exists, "already exists")) }
      var rule = rule
      rule.isWhollyOurs = true
      let stored = state.store(rule)
      state.writes.append(.create(stored, by: process.name))
      return .success(stored)
    }
  }

  private func update(_ rule: OpenMetricsRule, by process: FakeProcess) -> Result<OpenMetricsRule, RuleStoreFailure> {
    change { state in
      if let failure = state.script("update \(rule.id)") { return .failure(failure) }
      guard let current = state.resources[rule.id] else { return .failure(RuleStoreFailure(.notFound, "not found")) }
      guard current.isWhollyOurs, current.resourceVersion == rule.resourceVersion else {
        return .failure(RuleStoreFailure(.conflict, "conflict with somebody else"))
      }
      var rule = rule
      rule.isWhollyOurs = true
      let stored = state.store(rule)
      state.writes.append(.update(stored, by: process.name))
      return .success(stored)
    }
  }

  private func writeStatus(
    _ status: RuleStatus, of rule: OpenMetricsRule, by process: FakeProcess
  ) -> Result<Void, RuleStoreFailure> {
    change { state in
      if let failure = state.script("status \(rule.id)") { return .failure(failure) }
      guard state.resources[rule.id] != nil else { return .failure(RuleStoreFailure(.notFound, "not found")) }
      state.revision += 1
      state.resources[rule.id]?.status = status
      state.resources[rule.id]?.resourceVersion = String(state.revision)
      state.writes.append(.status(status, rule.id, by: process.name))
      return .success(())
    }
  }

  private struct Client: RuleStore {
    static var ended: RuleStoreFailure { RuleStoreFailure(.transient, "ended") }

    let world: FakeRuleStore
    let process: FakeProcess

    func run() async {
      let (silence, continuation) = AsyncStream.makeStream(of: Never.self)
      for await _ in silence {}
      continuation.finish()
    }

    func snapshots() -> AsyncStream<RuleStoreSnapshot> {
      world.watch.values()
    }

    func list() async throws(RuleStoreFailure) -> RuleStoreSnapshot {
      try (await process.call("list resources") { world.list() } ?? .failure(Self.ended)).get()
    }

    func create(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
      try (await process.call("create \(rule.id)") { world.create(rule, by: process) } ?? .failure(Self.ended)).get()
    }

    func update(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
      try (await process.call("update \(rule.id)") { world.update(rule, by: process) } ?? .failure(Self.ended)).get()
    }

    func writeStatus(_ status: RuleStatus, of rule: OpenMetricsRule) async throws(RuleStoreFailure) {
      let answer = await process.call("status \(rule.id)") { world.writeStatus(status, of: rule, by: process) }
      try (answer ?? .failure(Self.ended)).get()
    }

    func record(_ event: RuleEvent) async {
      _ = await process.call("event \(event.resource) \(event.reason)") {
        world.state.update { $0.events.append(event) }
      }
    }
  }
}
