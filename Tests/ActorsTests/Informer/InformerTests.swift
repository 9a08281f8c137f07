import InMemoryLogging
import Logging
import Model
import TestSupport
import Testing

@testable import Actors

/// The informer's actors together, over fakes.
@Suite(.timeLimit(.minutes(5))) struct InformerTests {
  private typealias Terms = SyncTerms

  private let world = SyncWorld()
  private let acme: TenantID
  private let other: TenantID

  init() throws {
    acme = try TenantID("acme")
    other = try TenantID("other")
  }

  private func isInRuler(_ group: String, of tenant: TenantID, _ expression: String = "up") async throws {
    let key = Terms.key(tenant, group)
    try await world.ruler.wait(for: "\(key) to be \(expression)") { Terms.expression($0[key]) == expression }
  }

  // MARK: To the ruler

  /// Without the clock being turned.
  @Test func aChangeReachesTheRulerAtOnce() async throws {
    let stage = InformerStage(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    try await isInRuler("cpu", of: acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu", "down")))
    try await isInRuler("cpu", of: acme, "down")
    #expect(stage.informer.readiness.isReady)
    await stage.end()
  }

  @Test func driftIsRepairedAtTheNextComparison() async throws {
    let settings = SyncSettings(policy: SyncPolicy(drift: .repair))
    let stage = InformerStage(in: world, settings: settings)
    let began = world.time.now
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    try await isInRuler("cpu", of: acme)
    try await world.time.sleepers(until: began + .seconds(40))
    // Before that, what the ruler is made to have would be read back for what was written.
    while stage.informer.states(of: acme) != ["rules/cpu": "Synced"] { await Task.yield() }
    world.ruler.set(Terms.group("cpu", "theirs"), at: Terms.key(acme, "cpu"))
    world.time.advance(to: began + .seconds(40))
    try await isInRuler("cpu", of: acme)
    await stage.end()
  }

  /// A tenant whose calls never end, and one whose calls always fail, hold up nobody.
  @Test func aTenantInTroubleHoldsUpNoOther() async throws {
    let answers = Gate()
    let process = FakeProcess { call in
      if call == "list acme" { try? await answers.wait() }
    }
    world.ruler.fail { $0 == "list failing" ? RulerFailure(.transient, status: 500, message: "no") : nil }
    let stage = InformerStage(process, in: world, parallelism: 2)
    world.store.apply(Terms.resource("one", tenants: ["acme", "failing", "other"], Terms.group("cpu")))
    try await isInRuler("cpu", of: other)
    world.store.apply(Terms.resource("one", tenants: ["acme", "failing", "other"], Terms.group("cpu", "down")))
    try await isInRuler("cpu", of: other, "down")
    #expect(world.ruler.groups[Terms.key(acme, "cpu")] == nil)
    answers.open()
    try await isInRuler("cpu", of: acme, "down")
    await stage.end()
  }

  @Test func aCallThatDoesNotEndIsGivenUp() async throws {
    let process = FakeProcess { call in
      if call == "list acme" { try? await Gate().wait() }
    }
    let stage = InformerStage(process, in: world)
    let began = world.time.now
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    try await process.called("list acme")
    try await world.time.sleepers(until: began + .seconds(30))
    world.time.advance(by: .seconds(30))
    try await process.called("list acme", times: 2)
    #expect(world.log.entries.contains { $0.message == "tenant acme is not in step: no answer in time" })
    await stage.end()
  }

  // MARK: To Kubernetes

  @Test func aGroupInTheRulerIsImportedAtTheNextLook() async throws {
    let stage = InformerStage(in: world)
    let began = world.time.now
    try await world.time.sleepers(until: began + .seconds(93))
    world.ruler.set(Terms.group("cpu"), at: Terms.key(other, "cpu"))
    world.time.advance(by: .seconds(93))
    try await world.store.wait(for: "an import") { $0.values.map(\.tenants) == [["other"]] }
    await stage.end()
  }

  /// Not once before further tenants are looked for, and once after it.
  @Test func aTenantIsLookedAtOnceALook() async throws {
    let gate = Watched(Gate())
    gate.value.open()
    let informer = TestInformer(
      FakeProcess { call in
        if call == "list tenants" { try? await gate.value.wait() }
      }, in: world)
    let directory = TenantDirectory(
      configured: [acme], ports: informer.ports, readiness: informer.readiness, time: world.time, logger: world.logger)
    // One pass after the other: when one that is asked for has begun, those that were asked for before it are over.
    let tracker = RuleTracker(
      configuration: PassConfiguration(interval: .seconds(93), parallelism: 1), sync: informer.sync,
      directory: directory, random: { 0 })
    let work = Task {
      await withDiscardingTaskGroup { group in
        group.addTask { await informer.watch.run() }
        group.addTask { await tracker.run() }
      }
    }
    let process = informer.process
    var next = world.time.now + .seconds(93)
    for look in 1...3 {
      try await world.time.sleepers(until: next)
      let before = process.calls.count { $0 == "list acme" }
      gate.update { $0 = Gate() }
      world.ruler.set(Terms.group("cpu"), at: Terms.key(try TenantID("new\(look)"), "cpu"))
      world.time.advance(to: next)
      next = next + .seconds(93)
      let success = informer.metrics.lastSuccess.with(SyncHalf.tracker.rawValue)
      let now = Int(world.time.secondsSince1970)
      for _ in 0..<1_000_000 where success.value != now { await Task.yield() }
      try #require(success.value == now)
      gate.value.open()
      try await process.called("list new\(look)")
      // Whoever begins to lead looks at once, which may be one more at first.
      if look > 1 { #expect(process.calls.count { $0 == "list acme" } == before + 1, "\(process.calls)") }
    }
    work.cancel()
    await work.value
  }

  @Test func aTenantThatNobodyNamesIsLookedAtWhereItIsConfigured() async throws {
    world.ruler.setTenants([], hidingOthers: true)
    world.ruler.set(Terms.group("cpu"), at: Terms.key(other, "cpu"))
    let stage = InformerStage(in: world, configured: [other])
    try await world.store.wait(for: "an import") { $0.values.map(\.tenants) == [["other"]] }
    await stage.end()
  }

  /// What the original did: an empty list of tenants deleted all resources.
  @Test func anEmptyListOfTenantsChangesNothing() async throws {
    let stage = InformerStage(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    try await isInRuler("cpu", of: acme)
    let began = world.time.now
    world.ruler.setTenants([], failures: ["ingesters away"], hidingOthers: true)
    try await world.time.sleepers(until: began + .seconds(93))
    for _ in 0..<3 {
      let calls = stage.informer.process.calls.count { $0 == "list acme" }
      world.time.advance(by: .seconds(93))
      try await stage.informer.process.called("list acme", times: calls + 1)
    }
    #expect(world.store.resources.count == 1)
    #expect(world.ruler.groups.count == 1)
    await stage.end()
  }

  // MARK: Statuses

  @Test func statusesTellWhatBecameOfAResource() async throws {
    let stage = InformerStage(in: world)
    world.store.apply(Terms.resource("one", tenants: ["acme", "other"], Terms.group("cpu")))
    for tenant in [acme, other] { try await isInRuler("cpu", of: tenant) }
    try await waitForStatus("one") { $0?.rulerUpdated == true && $0?.observedGeneration == 1 }
    let writes = world.store.writes.count { write in
      if case .status = write { true } else { false }
    }
    #expect(writes == 1, "one for both tenants")
    await stage.end()
  }

  /// Turns the clock until the status of a resource is as it should be.
  private func waitForStatus(
    _ name: String, until isSatisfied: @escaping @Sendable (RuleStatus?) -> Bool
  ) async throws {
    let id = ResourceID(namespace: "rules", name: name)
    for _ in 0..<100_000 {
      if isSatisfied(world.store.resources[id]?.status) { return }
      if world.time.sleeperCount > 0 { world.time.advance(by: .milliseconds(10)) }
      await Task.yield()
    }
    Issue.record("the status of \(name) is \(String(describing: world.store.resources[id]?.status))")
  }

  @Test func aResourceWithoutTenantsGetsAStatusToo() async throws {
    let stage = InformerStage(in: world)
    world.store.apply(Terms.resource("one", tenants: ["not/one"], Terms.group("cpu")))
    try await waitForStatus("one") { status in
      status?.conditions.contains { $0.type == .valid && $0.isTrue == false } == true
    }
    await stage.end()
  }

  // MARK: Several informers

  @Test func onlyTheLeaderWritesAndTheNextOneGoesOn() async throws {
    let lease = FakeLeaseStore()
    let began = world.time.now
    let process = FakeProcess("a")
    let first = InformerStage(process, in: world, lease: lease)
    try await lease.wait(for: "a to lead") { $0?.holder == "a" }
    let second = InformerStage(FakeProcess("b"), in: world, lease: lease)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    try await isInRuler("cpu", of: acme)
    process.kill()
    world.store.apply(Terms.resource("two", Terms.group("disk")))
    for second in 1...20 where lease.lease?.holder == "a" {
      world.time.advance(to: began + .seconds(second))
      for _ in 0..<2000 { await Task.yield() }
    }
    try await isInRuler("disk", of: acme)
    #expect(world.time.now - began <= .seconds(20))
    let writers = world.ruler.writes.map { write in
      switch write {
      case .put(let key, _, let writer): "\(writer) \(key.group)"
      case .delete(let key, let writer): "\(writer) deletes \(key.group)"
      }
    }
    #expect(writers == ["a cpu", "b disk"])
    await first.end()
    await second.end()
  }

  @Test func whoDoesNotLeadIsReadyAndWritesNothing() async throws {
    let lease = FakeLeaseStore()
    _ = try await lease.store(of: FakeProcess()).write(
      Lease(holder: "x", duration: .seconds(15), acquired: 0, renewed: 0, transitions: 0, version: nil))
    let stage = InformerStage(in: world, lease: lease)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<100_000 where !stage.informer.readiness.isReady { await Task.yield() }
    #expect(stage.informer.readiness.obstacles == [])
    #expect(world.writeCount == 0)
    #expect(stage.informer.metrics.leaderTransitions.value == 0)
    await stage.end()
  }
}
