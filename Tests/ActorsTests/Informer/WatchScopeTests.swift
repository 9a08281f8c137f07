import Model
import TestSupport
import Testing

@testable import Actors

/// Informers that watch different resources, after each other and beside each other, with one ledger a tenant.
@Suite struct WatchScopeTests {
  private let world = SyncWorld()
  private let acme: TenantID

  init() throws {
    acme = try TenantID("acme")
  }

  // MARK: Short words

  /// A resource in each of some namespaces, with a group that has the namespace's name.
  private func resources(in namespaces: String...) -> FakeRuleStore {
    let store = FakeRuleStore()
    for namespace in namespaces {
      let group = ResourceGroup.group(SyncTerms.group(namespace))
      store.apply(OpenMetricsRule(id: id(namespace), tenants: ["acme"], groups: [group]))
    }
    return store
  }

  private func id(_ namespace: String) -> ResourceID {
    ResourceID(namespace: namespace, name: "one")
  }

  private func key(_ namespace: String) -> RuleKey {
    RuleKey(tenant: acme, namespace: namespace, group: namespace)
  }

  private func informer(_ scope: WatchScope, watching resources: FakeRuleStore) -> TestInformer {
    let placement = ImportPlacement(scope: scope, fallback: scope.namespaces?.min() ?? "default")
    return TestInformer(
      in: world, settings: SyncSettings(policy: SyncPolicy(removes: true), placement: placement), watching: resources)
  }

  private func namespaces(_ names: String...) -> WatchScope {
    WatchScope(namespaces: Set(names))
  }

  /// Passes until there is nothing more to do. The first one removes nothing.
  private func settle(_ informer: TestInformer) async {
    for _ in 0..<3 {
      for half in SyncHalf.allCases { await informer.pass(half, over: acme) }
    }
  }

  private var inRuler: [String] { world.ruler.groups.keys.map(\.group).sorted() }

  private func entry(_ namespace: String) -> LedgerEntry? {
    world.ledgers.ledger(of: acme).entries[LedgerKey(namespace: namespace, group: namespace)]
  }

  // MARK: After each other

  /// What is not watched any more, from a resource that may be there still.
  static let changes: [(before: [String]?, after: [String]?, selectors: [String])] = [
    (["a", "b"], ["a"], ["", ""]), (nil, ["a"], ["", ""]), (["a", "b"], ["a", "b"], ["", "team=a"]),
    (nil, nil, ["team in (a,b)", "team=a"]), (["a", "b"], ["a"], ["team=a", "stage!=test"]),
  ]

  @Test(arguments: changes.indices) func whoWatchesLessLeavesTheRestAlone(_ number: Int) async throws {
    let change = Self.changes[number]
    let before = WatchScope(
      namespaces: change.before.map { Set($0) }, selector: try ResourceSelector(change.selectors[0]))
    let after = WatchScope(
      namespaces: change.after.map { Set($0) }, selector: try ResourceSelector(change.selectors[1]))
    await settle(informer(before, watching: resources(in: "a", "b")))
    let known = try #require(entry("b"))

    let rest = resources(in: "a")
    let next = informer(after, watching: rest)
    await settle(next)
    #expect(inRuler == ["a", "b"])
    #expect(next.states(of: acme) == ["a/a": "Synced", "b/b": "Foreign"])
    // Nor where the ruler has something else, or nothing: nothing is imported, and nothing is forgotten.
    world.ruler.set(SyncTerms.group("b", "down"), at: key("b"))
    await settle(next)
    world.ruler.remove(key("b"))
    await settle(next)
    #expect(rest.resources.count == 1)
    #expect(entry("b") == known)

    // What it does watch it may remove.
    rest.delete(id("a"))
    await settle(next)
    #expect(inRuler.isEmpty && entry("a") == nil)
  }

  @Test func whoWatchesMoreAgainMayRemoveThat() async throws {
    let all = resources(in: "a", "b")
    await settle(informer(namespaces("a", "b"), watching: all))
    await settle(informer(namespaces("a"), watching: resources(in: "a")))
    let last = informer(namespaces("a", "b"), watching: all)
    await settle(last)
    #expect(last.states(of: acme) == ["a/a": "Synced", "b/b": "Synced"])
    all.delete(id("b"))
    await settle(last)
    #expect(inRuler == ["a"])
  }

  /// The ledger is written once after the selector has changed, and not again.
  @Test func aNewSelectorIsNotedOnce() async throws {
    let all = resources(in: "a", "b")
    await settle(informer(WatchScope(), watching: all))
    let saves = world.ledgers.saves.count
    let next = informer(WatchScope(selector: try ResourceSelector("team=a")), watching: all)
    await settle(next)
    #expect(world.ledgers.saves.count == saves + 1)
    #expect(entry("a")?.sighting == LedgerEntry.Sighting(namespace: "a", selector: "team=a"))
    all.delete(id("a"))
    await settle(next)
    #expect(inRuler == ["b"])
  }

  /// A ledger that does not say where resources were: what is seen is noted, and nothing else is touched.
  @Test func theLedgerOfAnEarlierVersionRemovesNothing() async throws {
    await settle(informer(WatchScope(), watching: resources(in: "a", "b")))
    var ledger = world.ledgers.ledger(of: acme)
    for key in ledger.entries.keys { ledger.entries[key]?.sighting = nil }
    world.ledgers.replace(ledger, of: acme)
    let known = try #require(entry("b"))

    let rest = resources(in: "a")
    let next = informer(WatchScope(), watching: rest)
    await settle(next)
    #expect(inRuler == ["a", "b"] && entry("b") == known)
    #expect(next.states(of: acme) == ["a/a": "Synced", "b/b": "Orphaned"])
    rest.delete(id("a"))
    await settle(next)
    #expect(inRuler == ["b"])
  }

  // MARK: Beside each other

  @Test func twoInformersLeaveEachOthersGroupsAlone() async throws {
    let (left, right) = (resources(in: "a"), resources(in: "b"))
    let informers = [informer(namespaces("a"), watching: left), informer(namespaces("b"), watching: right)]
    for informer in informers { await settle(informer) }
    let (writes, saves) = (world.ruler.writes.count, world.ledgers.saves.count)
    #expect(writes == 2)
    for _ in 0..<3 {
      for informer in informers { await settle(informer) }
    }
    #expect(world.ruler.writes.count == writes && world.ledgers.saves.count == saves)
    #expect(informers[0].states(of: acme) == ["a/a": "Synced", "b/b": "Foreign"])
    #expect(informers[1].states(of: acme) == ["a/a": "Foreign", "b/b": "Synced"])
    #expect(left.resources.count == 1 && right.resources.count == 1)

    left.delete(id("a"))
    for informer in informers + informers { await settle(informer) }
    #expect(inRuler == ["b"])
    #expect(world.ruler.writes.count == writes + 1)
    #expect(entry("a") == nil && entry("b")?.state == .agreed)
  }

  @Test func whatIsInTheRulerAloneIsImportedByOneOfThem() async throws {
    world.ruler.set(SyncTerms.group("x"), at: key("x"))
    let (left, right) = (resources(in: "a"), resources(in: "b"))
    for informer in [informer(namespaces("a"), watching: left), informer(namespaces("b"), watching: right)] {
      await settle(informer)
    }
    #expect(left.resources.count == 2 && right.resources.count == 1)
    #expect(entry("x")?.sighting == LedgerEntry.Sighting(namespace: "a"))
  }

  /// The same group from a resource of each: neither has to note again and again where its own is, and where one goes, the
  /// other one's stays.
  @Test func whatBothHaveIsNoCauseToContend() async throws {
    let stores = [resources(), resources()]
    for (namespace, store) in zip(["a", "b"], stores) {
      store.apply(
        OpenMetricsRule(
          id: id(namespace), annotations: [SyncAnnotation.rulerNamespace: "x"], tenants: ["acme"],
          groups: [.group(SyncTerms.group("x"))]))
    }
    let informers = [informer(namespaces("a"), watching: stores[0]), informer(namespaces("b"), watching: stores[1])]
    for informer in informers { await settle(informer) }
    let (writes, saves) = (world.ruler.writes.count, world.ledgers.saves.count)
    for informer in informers + informers { await settle(informer) }
    #expect(world.ruler.writes.count == writes && world.ledgers.saves.count == saves)
    stores[0].delete(id("a"))
    for informer in informers { await settle(informer) }
    #expect(inRuler == ["x"])
    #expect(entry("x")?.sighting == LedgerEntry.Sighting(namespace: "b"))
  }
}
