import Testing

@testable import Model

/// Many removals at once are not done.
@Suite struct RemovalGuardTests {
  private let acme: TenantID

  init() throws {
    acme = try TenantID("acme")
  }

  /// A plan for a tenant of whose groups Kubernetes has lost the first ones, and has the others still.
  private func plan(
    lost: Int, of known: Int, elsewhere: Int = 0, limit: SyncPolicy.RemovalLimit = SyncPolicy.RemovalLimit(),
    isReadable: Bool = true
  ) -> Plan {
    let groups = (0..<known).map { number in
      RuleGroup(name: "g\(number)", rules: [Rule(record: "r\(number)", expression: "up")])
    }
    var base = Ledger()
    for group in groups { Self.note(group, from: "default", in: &base) }
    for number in 0..<elsewhere { Self.note(RuleGroup(name: "e\(number)", rules: []), from: "other", in: &base) }
    let rule = OpenMetricsRule(
      id: ResourceID(namespace: "default", name: "r"), tenants: ["acme"],
      groups: groups.dropFirst(lost).map { .group($0) })
    let index = ResourceIndex([ResourceCheck().check(rule)], faults: isReadable ? [] : ["a document"])
    let rules = RulerRules(namespaces: ["default": groups.map { .group($0) }])
    let placement = ImportPlacement(scope: WatchScope(namespaces: ["default"]))
    return Reconciler(policy: SyncPolicy(removes: true, removalLimit: limit), placement: placement).plan(
      for: TenantSides(
        tenant: acme, base: base, kubernetes: index.side(of: acme),
        ruler: RulerSide(.present(rules), comparison: RuleComparison())),
      in: SyncPass(now: 1, mayRemove: true))
  }

  private static func note(_ group: RuleGroup, from namespace: String, in ledger: inout Ledger) {
    let hash = RuleComparison().hash(group)
    ledger.entries[LedgerKey(namespace: namespace, group: group.name)] = LedgerEntry(
      kubernetesHash: hash, rulerHash: hash, origin: .kubernetes,
      sighting: LedgerEntry.Sighting(namespace: namespace), agreed: 0)
  }

  /// Up to the larger of ten groups and 30 % of all.
  @Test(arguments: [
    (lost: 1, known: 1), (10, 10), (10, 12), (11, 37), (30, 100), (300, 1000),
  ])
  func fewAreRemoved(lost: Int, known: Int) {
    let plan = plan(lost: lost, of: known)
    #expect(plan.removals.count == lost)
    #expect(plan.heldRemovals == 0)
  }

  @Test(arguments: [(lost: 11, known: 11), (11, 36), (31, 100), (301, 1000), (1000, 1000)])
  func manyAreHeldBack(lost: Int, known: Int) throws {
    let plan = plan(lost: lost, of: known)
    #expect(plan.removals.isEmpty)
    #expect(plan.heldRemovals == lost)
    let held = plan.steps.filter { $0.outcome.state == .held }
    #expect(held.count == lost)
    #expect(held.allSatisfy { $0.outcome.reason == .massRemoval })
    #expect(held.first?.outcome.message == "\(lost) of \(known) groups would be removed at once")
    let events = plan.steps.compactMap(\.event)
    #expect(events.map(\.reason) == ["MassRemoval"], "one for all of them")
  }

  @Test(arguments: [(0, 0, 0), (0, 50, 5), (3, 0, 3), (100, 0, 10)])
  func theLimitIsConfigurable(count: Int, percent: Int, most: Int) {
    let limit = SyncPolicy.RemovalLimit(count: count, percent: percent)
    #expect(plan(lost: most, of: 10, limit: limit).removals.count == most)
    if most < 10 { #expect(plan(lost: most + 1, of: 10, limit: limit).heldRemovals == most + 1) }
  }

  /// What other informers look after in the same ledger is not part of the whole.
  @Test func groupsOfOtherInformersDoNotCount() {
    let plan = plan(lost: 11, of: 36, elsewhere: 1000)
    #expect(plan.removals.isEmpty && plan.heldRemovals == 11)
    #expect(plan.steps.count == 36)
  }

  /// What cannot be read is not gone, however little of it there is.
  @Test func nothingIsGoneWhereNotAllCanBeRead() {
    let plan = plan(lost: 1, of: 20, isReadable: false)
    #expect(plan.removals.isEmpty && plan.heldRemovals == 0)
    #expect(plan.steps.count { $0.outcome.state == .unknown } == 1)
  }
}
