import Model
import Testing

@testable import App

/// What people read of a plan.
@Suite struct PlanReportTests {
  private static let before = RuleGroup(
    name: "g", rules: [Rule(alert: "A", expression: "up == 0", labels: ["severity": "page"])])
  private static let after = RuleGroup(
    name: "g", rules: [Rule(alert: "A", expression: "up < 1", labels: ["severity": "page"])])

  private func resource(_ groups: [RuleGroup], name: String = "r", created: Int64 = 0) throws -> CheckedResource {
    CheckedResource(
      OpenMetricsRule(
        id: ResourceID(namespace: "default", name: name), created: created, tenants: ["a"],
        groups: groups.map { .group($0) }),
      template: .identity, comparison: RuleComparison(), validation: PermissiveRuleValidation())
  }

  private func report(
    _ resources: [CheckedResource], _ ruler: [RuleGroup]?, base: Ledger = Ledger(), policy: SyncPolicy = SyncPolicy()
  ) throws -> PlanReport {
    let tenant = try TenantID("a")
    let comparison = RuleComparison()
    let reading: RulerReading<RulerRules> =
      ruler.map { .present(RulerRules(namespaces: ["default": $0.map { .group($0) }])) }
      ?? .unknown(RulerFailure(.transient, status: 500, message: "no"))
    let sides = TenantSides(
      tenant: tenant, base: base, kubernetes: ResourceIndex(resources).side(of: tenant),
      ruler: RulerSide(reading, comparison: comparison))
    let plan = Reconciler(policy: policy).plan(for: sides, in: SyncPass(now: 0, mayRemove: true))
    return PlanReport([plan], dialect: .cortex)
  }

  private func agreed(_ group: RuleGroup) -> Ledger {
    let hash = RuleComparison().hash(group)
    return Ledger(entries: [
      LedgerKey(namespace: "default", group: group.name): LedgerEntry(
        kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, agreed: 0)
    ])
  }

  @Test func whatIsInStepIsNotMentioned() throws {
    let report = try report([resource([Self.before])], [Self.before])
    #expect(report.lines.isEmpty)
    #expect(report.changes == 0)
    #expect(report.obstacles == 0)
  }

  @Test func aNewGroupIsPushed() throws {
    let report = try report([resource([Self.before])], [])
    #expect(
      report.lines == ["tenant a", "  push      default/g from default/r (NotInRuler)", "      + alert A"])
    #expect(report.changes == 1)
  }

  @Test func aChangeShowsItsFields() throws {
    let report = try report([resource([Self.after])], [Self.before], base: agreed(Self.before))
    #expect(
      report.lines == [
        "tenant a", "  push      default/g from default/r (ChangedInKubernetes)", "      ~ alert A",
        "          - expr: up == 0", "          + expr: up < 1",
      ])
  }

  @Test func whatIsGoneIsRemovedWhereThatIsAllowed() throws {
    let base = agreed(Self.before)
    let removing = try report([], [Self.before], base: base, policy: SyncPolicy(removes: true))
    #expect(
      removing.lines == ["tenant a", "  remove    default/g (RemovedFromKubernetes)", "      - alert A"])
    #expect(try report([], [Self.before], base: base).lines.isEmpty)
  }

  @Test func whatIsNewInTheRulerIsImported() throws {
    let lines = try report([], [Self.before]).lines
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("  import    default/g as default/"), "\(lines)")
    #expect(lines[1].hasSuffix(" (NewInRuler: found in the ruler)"), "\(lines)")
    #expect(lines[2] == "      + alert A")
  }

  @Test func whatIsInTheWayIsNamed() throws {
    let report = try report([resource([Self.before])], nil)
    #expect(
      report.lines == ["tenant a", "  unknown   default/g of default/r (RulerUnknown: status 500: no)"])
    #expect(report.changes == 0)
    #expect(report.obstacles == 1)
  }

  @Test func aDuplicateIsNamed() throws {
    let old = try resource([Self.before], name: "old", created: 1)
    let report = try report([old, resource([Self.after], name: "new", created: 2)], [Self.before])
    #expect(report.lines == ["tenant a", "  leave out default/g of default/new: default/old has it"])
    #expect(report.obstacles == 1)
  }
}
