import Testing

@testable import Model

/// Rules that a tenant has twice, in the merge and in what people see of it.
@Suite struct RuleDuplicatesTests {
  private let acme: TenantID
  private let comparison = RuleComparison()

  init() throws {
    acme = try TenantID("acme")
  }

  private static func alert(_ group: String, _ expression: String = "up == 0", severity: String = "page") -> RuleGroup {
    RuleGroup(
      name: group, rules: [Rule(alert: "Down", expression: expression, labels: ["severity": severity])])
  }

  private static func recording(_ group: String, _ expression: String = "up", labels: [String: String] = [:])
    -> RuleGroup
  {
    RuleGroup(name: group, labels: labels, rules: [Rule(record: "a:b", expression: expression)])
  }

  /// - Parameter created: the smaller, the older.
  private func resource(
    _ name: String, namespace: String = "default", created: Int64, tenants: [String] = ["acme"], _ groups: RuleGroup...
  ) -> CheckedResource {
    var rule = OpenMetricsRule(
      id: ResourceID(namespace: namespace, name: name), tenants: tenants, groups: groups.map { .group($0) })
    rule.created = created
    return ResourceCheck().check(rule)
  }

  private func plan(
    _ resources: [CheckedResource], ruler: [String: [RuleGroup]] = [:],
    _ policy: SyncPolicy = SyncPolicy(duplicates: .refuse)
  ) -> Plan {
    let rules = RulerRules(namespaces: ruler.mapValues { $0.map { .group($0) } })
    return Reconciler(policy: policy).plan(
      for: TenantSides(
        tenant: acme, base: Ledger(), kubernetes: ResourceIndex(resources).side(of: acme),
        ruler: RulerSide(ruler.isEmpty ? .absent : .present(rules), comparison: comparison)),
      in: SyncPass(now: 1, mayRemove: true))
  }

  private func states(_ plan: Plan) -> [String: SyncState] {
    Dictionary(uniqueKeysWithValues: plan.steps.map { ("\($0.key.namespace)/\($0.key.group)", $0.outcome.state) })
  }

  // MARK: The merge

  /// The older resource is right, wherever both are.
  @Test(arguments: ["default", "other"])
  func theYoungerRecordingRuleIsNotWritten(namespace: String) throws {
    let plan = plan([
      resource("young", namespace: namespace, created: 2, Self.recording("y", "down")),
      resource("old", created: 1, Self.recording("o")),
    ])
    #expect(states(plan) == ["default/o": .pending, "\(namespace)/y": .duplicate])
    #expect(plan.pushes.map(\.key.group) == ["o"])
    let step = try #require(plan.steps.first { $0.key.group == "y" })
    #expect(step.outcome.reason == .duplicateRule)
    #expect(step.outcome.message.contains(#"default/old group "o" rule 1"#))
    #expect(step.event?.kind == .warning)
  }

  @Test(arguments: [
    (recording("y", labels: ["a": "b"]), 2, false), (recording("y", labels: ["a": ""]), 1, true),
    (alert("y"), 1, true), (alert("y", severity: "info"), 2, false), (alert("y", "up == 1"), 2, true),
    (alert("y", "up==0"), 1, true),
  ])
  func whatCountsAsTheSame(group: RuleGroup, written: Int, isTold: Bool) throws {
    let first = group.rules.contains { $0.alert.isEmpty } ? Self.recording("o") : Self.alert("o")
    let comparison = RuleComparison(expressionsAreEqual: { $0.filter { $0 != " " } == $1.filter { $0 != " " } })
    let index = ResourceIndex([resource("old", created: 1, first), resource("young", created: 2, group)])
    let plan = Reconciler(policy: SyncPolicy(duplicates: .refuse), comparison: comparison).plan(
      for: TenantSides(
        tenant: acme, base: Ledger(), kubernetes: index.side(of: acme),
        ruler: RulerSide(.absent, comparison: comparison)),
      in: SyncPass(now: 1, mayRemove: true))
    #expect(plan.pushes.count == written)
    #expect(plan.steps.map { $0.duplicate != nil } == [false, isTold])
  }

  @Test func otherTenantsMayHaveTheSame() {
    let plan = plan([
      resource("old", created: 1, tenants: ["other"], Self.recording("o")),
      resource("young", created: 2, Self.recording("y")),
    ])
    #expect(states(plan) == ["default/y": .pending])
  }

  /// What is in the ruler already stays as it is, and is told of.
  @Test func whatIsInTheRulerStaysInStep() throws {
    let plan = plan(
      [resource("old", created: 1, Self.recording("o")), resource("young", created: 2, Self.recording("y"))],
      ruler: ["default": [Self.recording("o"), Self.recording("y")]])
    #expect(states(plan) == ["default/o": .synced, "default/y": .synced])
    #expect(plan.steps.map { $0.duplicate?.severity } == [nil, .error])
  }

  /// A ruler takes them.
  @Test func duplicatesAreWrittenUnlessThatIsRefused() {
    let plan = plan(
      [resource("old", created: 1, Self.recording("o")), resource("young", created: 2, Self.recording("y"))],
      SyncPolicy())
    #expect(plan.pushes.map(\.key.group) == ["o", "y"])
    #expect(plan.steps.map { $0.duplicate != nil } == [false, true])
  }

  /// What is never written stands nowhere.
  @Test func anInvalidGroupHasNothing() {
    var broken = Self.recording("o")
    broken.rules.append(Rule(record: "c:d", expression: MergeScene.invalidExpression))
    let old = OpenMetricsRule(
      id: ResourceID(namespace: "default", name: "a"), tenants: ["acme"], groups: [.group(broken)])
    let checked = ResourceCheck(validation: ExpressionValidation()).check(old)
    let plan = plan([checked, resource("young", created: 2, Self.recording("y"))])
    #expect(states(plan) == ["default/o": .invalid, "default/y": .pending])
  }

  @Test func thePlanNamesThemOnce() {
    let resources = [
      resource("old", created: 1, Self.recording("o")), resource("young", created: 2, Self.recording("y")),
    ]
    let place = #"also at default/old group "o" rule 1"#
    let refused = plan(resources).text(dialect: .cortex).split(separator: "\n").filter { $0.contains(place) }
    #expect(refused.map { $0.hasPrefix("  duplicate default/y (DuplicateRule) resource default/young: ") } == [true])
    let written = plan(resources, SyncPolicy()).text(dialect: .cortex).split(separator: "\n")
    #expect(written.contains("  push default/y (NotInRuler) resource default/young"))
    #expect(
      written.filter { $0.contains(place) }.map { $0.hasPrefix("  duplicate default/y (DuplicateRule): ") } == [true])
  }

  @Test func aRuleTwiceInOneGroupIsADuplicate() {
    var group = Self.recording("g")
    group.rules += group.rules
    #expect(states(plan([resource("one", created: 1, group)])) == ["default/g": .duplicate])
  }
}
