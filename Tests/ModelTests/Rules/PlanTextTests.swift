import Testing

@testable import Model

@Suite struct PlanTextTests {
  private let id = ResourceID(namespace: "team-a", name: "cpu")
  private let sighting = LedgerEntry.Sighting(namespace: "team-a")

  private func step(
    _ group: String, _ action: PlanAction, _ state: SyncState, _ reason: SyncReason, _ message: String = "",
    resource: ResourceID? = nil
  ) -> PlanStep {
    PlanStep(
      key: LedgerKey(namespace: "team-a", group: group), action: action,
      outcome: GroupOutcome(state, reason, message), resource: resource)
  }

  private func group(_ name: String, _ expression: String = "up") -> RuleGroup {
    RuleGroup(name: name, rules: [Rule(record: "a:b", expression: expression)])
  }

  private func text(_ steps: [PlanStep]) throws -> [String] {
    Plan(tenant: try TenantID("acme"), steps: steps).text(dialect: .cortex).split(separator: "\n").map(String.init)
  }

  @Test func writesAreToldRuleByRule() throws {
    let group = group("cpu")
    let hash = RuleComparison().hash(group)
    let push = GroupPush(
      group: group, hash: hash, replaced: hash, replacedGroup: self.group("cpu", "down"), resource: id, uid: "u",
      sighting: sighting, origin: .kubernetes, isRepair: false, lost: nil)
    let resource = OpenMetricsRule(id: id, tenants: ["acme"], groups: [.group(group)])
    let lines = try text([
      step("cpu", .push(push), .pending, .changedInKubernetes, "not said, for the rules follow", resource: id),
      step("gone", .remove(GroupRemoval(hash: hash, group: group)), .pending, .removedFromKubernetes),
      step(
        "new", .importGroup(GroupImport(resource: resource, group: group, hash: hash, sighting: sighting)), .pending,
        .newInRuler, resource: id),
      step(
        "taken",
        .takeOver(
          GroupTakeover(
            group: self.group("cpu", "down"), hash: hash, replacedGroup: group, sighting: sighting, lost: nil)),
        .pending, .changedInRuler, resource: id),
    ])
    #expect(
      lines == [
        "tenant acme", "  push team-a/cpu (ChangedInKubernetes) resource team-a/cpu", "      ~ record a:b",
        "          - expr: down", "          + expr: up", "  remove team-a/gone (RemovedFromKubernetes)",
        "      - record a:b", "  import team-a/new (NewInRuler) resource team-a/cpu", "      + record a:b",
        "  update team-a/taken (ChangedInRuler) resource team-a/cpu", "      ~ record a:b", "          - expr: up",
        "          + expr: down", "  0 of 4 groups are in step",
      ])
  }

  @Test func whyNothingIsDoneIsSaid() throws {
    let hash = RuleComparison().hash(group("g"))
    let agreement = PlanAction.Agreement(
      kubernetesHash: hash, rulerHash: hash, uid: "", sighting: sighting, origin: .kubernetes)
    let lines = try text([
      step("same", .none, .synced, .inSync),
      step("agreed", .adopt(agreement), .synced, .inSync),
      step("forgotten", .forget, .synced, .goneFromBoth),
      step("left", .bury, .orphaned, .removedFromKubernetes),
      step("bad", .none, .invalid, .invalid, "rule 1: unclosed parenthesis", resource: id),
      step("held", .none, .held, .massRemoval),
      step("theirs", .none, .foreign, .notWatched, "its resource is elsewhere"),
    ])
    #expect(
      lines == [
        "tenant acme", "  leave team-a/left (RemovedFromKubernetes)",
        "  invalid team-a/bad (InvalidGroup) resource team-a/cpu: rule 1: unclosed parenthesis",
        "  held team-a/held (MassRemoval)", "  foreign team-a/theirs (NotWatched): its resource is elsewhere",
        "  3 of 7 groups are in step",
      ])
  }

  @Test func aTenantWithoutGroupsHasNone() throws {
    #expect(try text([]) == ["tenant acme", "  0 of 0 groups are in step"])
  }
}
