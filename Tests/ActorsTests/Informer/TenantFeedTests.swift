import InMemoryLogging
import Logging
import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct TenantFeedTests {
  private let store = FakeRuleStore(isListed: false)
  private let log = InMemoryLogHandler()
  private let routing = RoutingTableCell(RoutingTable(policy: TenancyPolicy(hasTenantSources: true)))
  private let readiness = Readiness()

  /// Runs a feed and the registry behind it for as long as the test takes.
  private func withFeed(memory: FakeTenantMemory? = nil, _ test: () async throws -> Void) async throws {
    let logger = Logger(label: "test") { [log] _ in log }
    let (updates, continuation) = AsyncStream.makeStream(of: TenantSet.self)
    let registry = TenantRegistry(
      policy: TenancyPolicy(hasTenantSources: true), updates: updates, expectedSources: ["kubernetes"],
      routing: routing, readiness: readiness, logger: logger)
    let feed = TenantFeed(
      source: "kubernetes", store: store.store(of: FakeProcess()), memory: memory, updates: continuation,
      logger: logger)
    let work = Task {
      async let registered: Void = registry.run()
      await feed.run()
      continuation.finish()
      await registered
    }
    try await test()
    work.cancel()
    await work.value
  }

  private func apply(_ name: String, tenants: [String]) {
    store.apply(OpenMetricsRule(id: ResourceID(namespace: "default", name: name), tenants: tenants, groups: []))
  }

  private func allowed(_ names: String...) async throws {
    for _ in 0..<1_000_000 {
      if routing.current.allowedTenants?.map(\.name).sorted() == names, readiness.isReady { return }
      await Task.yield()
    }
    Issue.record("allowed are \(routing.current.allowedTenants?.map(\.name).sorted() ?? [])")
  }

  @Test func theResourcesOfAStoreAllowTenants() async throws {
    try await withFeed {
      #expect(!readiness.isReady)
      apply("one", tenants: ["a", "b"])
      try await allowed("a", "b")
      apply("two", tenants: ["b", "c"])
      try await allowed("a", "b", "c")
      apply("one", tenants: ["b"])
      try await allowed("b", "c")
      store.delete(ResourceID(namespace: "default", name: "two"))
      try await allowed("b")
    }
  }

  /// An empty list is a list.
  @Test func aStoreWithoutResourcesAllowsNobody() async throws {
    store.setFaults([])
    try await withFeed { try await allowed() }
  }

  @Test func nobodyGoesWhileSomethingCannotBeRead() async throws {
    try await withFeed {
      apply("one", tenants: ["a"])
      try await allowed("a")
      store.setFaults(["b.yaml: no document"])
      store.delete(ResourceID(namespace: "default", name: "one"))
      apply("two", tenants: ["b"])
      try await allowed("a", "b")
      store.setFaults([])
      try await allowed("b")
    }
  }

  // MARK: Across restarts

  @Test func whatIsRememberedCountsUntilTheStoreSpeaks() async throws {
    let memory = FakeTenantMemory(["a", "b"])
    try await withFeed(memory: memory) {
      try await allowed("a", "b")
      apply("one", tenants: ["c"])
      try await allowed("c")
      #expect(try await memory.wait(for: ["c"]))
    }
  }

  @Test func withoutAMemoryTheStoreIsWaitedFor() async throws {
    let memory = FakeTenantMemory(nil)
    try await withFeed(memory: memory) {
      #expect(!readiness.isReady)
      apply("one", tenants: ["c"])
      try await allowed("c")
    }
  }

  @Test func aMemoryThatFailsHoldsNothingUp() async throws {
    let memory = FakeTenantMemory(nil, failure: TenantMemoryFailure("disk full"))
    try await withFeed(memory: memory) {
      apply("one", tenants: ["c"])
      try await allowed("c")
      apply("one", tenants: ["d"])
      try await allowed("d")
    }
    #expect(
      log.entries.filter { $0.level == .warning }.map(\.message).first
        == "kubernetes: the remembered tenants cannot be read: disk full")
    #expect(log.entries.contains { $0.message == "kubernetes: the tenants cannot be remembered: disk full" })
  }

  @Test func whatTheStoreSaysIsNotTakenBackByTheMemory() {
    var machine = TenantFeedStateMachine()
    let resource = OpenMetricsRule(
      id: ResourceID(namespace: "default", name: "one"), tenants: ["a"], groups: [])
    #expect(machine.received(RuleStoreSnapshot(resources: [resource.id: resource])) == ["a"])
    #expect(machine.recalled(["b"]) == nil)
    #expect(machine.received(RuleStoreSnapshot(resources: [resource.id: resource])) == nil)
    let names = machine.names
    #expect(names == ["a"])
  }
}
