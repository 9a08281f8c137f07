import InMemoryLogging
import Logging
import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct ResourceWatchTests {
  private let a: TenantID
  private let b: TenantID
  private let c: TenantID

  init() throws {
    (a, b, c) = (try TenantID("a"), try TenantID("b"), try TenantID("c"))
  }

  private func rule(
    _ name: String, tenants: [String], generation: Int = 1, version: String = "1",
    groups: [ResourceGroup] = [.group(RuleGroup(name: "g", rules: [Rule(record: "r", expression: "up")]))]
  ) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: "default", name: name), uid: name, resourceVersion: version, generation: generation,
      tenants: tenants, groups: groups)
  }

  private func snapshot(_ rules: [OpenMetricsRule], faults: [String] = []) -> RuleStoreSnapshot {
    RuleStoreSnapshot(
      resources: Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0) }), faults: faults)
  }

  /// The tenants for whom something has changed from one view to another.
  private func changed(_ before: ResourceView, _ after: ResourceView) -> [String] {
    [a, b, c].filter { before.revision(of: $0) != after.revision(of: $0) }.map(\.name)
  }

  @Test func aChangeConcernsTheTenantsBeforeAndAfter() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    let first = machine.received(snapshot([rule("one", tenants: ["a"]), rule("two", tenants: ["c"])])).view
    let second = machine.received(
      snapshot([rule("one", tenants: ["b"], generation: 2), rule("two", tenants: ["c"])]))
    #expect(changed(first, second.view) == ["a", "b"])
    #expect(second.checked.map(\.rule.id.name) == ["one"])
    let third = machine.received(snapshot([rule("one", tenants: ["b"], generation: 2)])).view
    #expect(changed(second.view, third) == ["c"])
    #expect(third.index.resources.map(\.rule.id.name) == ["one"])
  }

  @Test func aStatusConcernsNobody() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    let first = machine.received(snapshot([rule("one", tenants: ["a"])])).view
    var written = rule("one", tenants: ["a"], version: "2")
    written.status = RuleStatus(rulerUpdated: true)
    let second = machine.received(snapshot([written]))
    #expect(changed(first, second.view) == [])
    #expect(second.checked.isEmpty)
    #expect(second.view.resources[written.id]?.resourceVersion == "2")
  }

  @Test func withoutGenerationsAVersionTellsOfAChange() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    let first = machine.received(snapshot([rule("one", tenants: ["a"], generation: 0)])).view
    let second = machine.received(snapshot([rule("one", tenants: ["a"], generation: 0, version: "2")])).view
    #expect(changed(first, second) == ["a"])
  }

  @Test func anAnnotationIsAChange() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    let first = machine.received(snapshot([rule("one", tenants: ["a"])])).view
    var paused = rule("one", tenants: ["a"])
    paused.annotations[SyncAnnotation.mode] = "paused"
    #expect(changed(first, machine.received(snapshot([paused])).view) == ["a"])
  }

  /// What is missing is not known to be absent any more, for anybody.
  @Test func whatCannotBeReadConcernsEverybody() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    let first = machine.received(snapshot([rule("one", tenants: ["a"])])).view
    let second = machine.received(snapshot([rule("one", tenants: ["a"])], faults: ["two: no document"]))
    #expect(changed(first, second.view) == ["a", "b", "c"])
    #expect(second.newFaults == ["two: no document"])
    #expect(second.view.index.isIncomplete)
    let third = machine.received(snapshot([rule("one", tenants: ["a"])], faults: ["two: no document"]))
    #expect(changed(second.view, third.view) == [])
    #expect(third.newFaults == [])
  }

  @Test func aListThatWasReadAnewIsIndexedWithoutBeingTakenOver() {
    var machine = ResourceWatchStateMachine(ResourceCheck())
    _ = machine.received(snapshot([rule("one", tenants: ["a"])]))
    let index = machine.index(of: snapshot([rule("two", tenants: ["b"], version: "7")]))
    #expect(index.resources.map(\.rule.resourceVersion) == ["7"])
    let view = machine.received(snapshot([rule("one", tenants: ["a"])])).view
    #expect(view.index.resources.map(\.rule.id.name) == ["one"])
  }

  // MARK: The actor

  @Test func itIsReadyWithTheFirstList() async throws {
    let store = FakeRuleStore(isListed: false)
    let readiness = Readiness()
    let metrics = InformerMetrics()
    let log = InMemoryLogHandler()
    let watch = ResourceWatch(
      store: store.store(of: FakeProcess()), check: ResourceCheck(), readiness: readiness, metrics: metrics,
      logger: Logger(label: "test") { _ in log })
    #expect(readiness.obstacles == ["resources: no list of resources yet"])
    let work = Task { await watch.run() }
    var views = watch.views.values().makeAsyncIterator()
    store.setFaults(["bad.yaml: no document"])
    #expect(await views.next()?.faults == ["bad.yaml: no document"])
    store.apply(rule("one", tenants: ["a", "not/one"]))
    while await views.next()?.resources.isEmpty == true {}
    #expect(readiness.isReady)
    #expect(metrics.validationFailures.value == 1)
    #expect(log.entries.map(\.message) == ["a resource cannot be read: bad.yaml: no document"])
    work.cancel()
    await work.value
  }
}
