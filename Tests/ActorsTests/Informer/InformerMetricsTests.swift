import Model
import TestSupport
import Testing

@testable import Actors

/// What the informer counts, in passes over fakes.
@Suite struct InformerMetricsTests {
  private typealias Terms = SyncTerms

  private let world = SyncWorld()
  private let acme: TenantID

  init() throws {
    acme = try TenantID("acme")
  }

  /// The values of an instrument by those of its labels, such as `acme Synced`.
  private func values(_ name: String, of informer: TestInformer) -> [String: Int] {
    let collected = informer.metrics.collectors(informer.cell).flatMap { $0.collect() }
    let families = collected.filter { $0.description.name == name }
    var values: [String: Int] = [:]
    for sample in families.flatMap(\.samples) {
      // Every second part of `tenant_id="acme",state="Synced"` is a value.
      let parts = String(decoding: sample.labels.text, as: UTF8.self).split(separator: "\"")
      let labels = parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }.joined(separator: " ")
      if case .integer(let value) = sample.value { values[labels] = Int(value) }
    }
    return values
  }

  @Test func groupsAreCountedByHowTheyStand() async {
    let informer = TestInformer(in: world)
    world.ruler.fail { $0 == "put acme/rules/b" ? RulerFailure(.transient, status: 500, message: "no") : nil }
    world.store.apply(Terms.resource("one", Terms.group("a"), Terms.group("b")))
    await informer.pass(.updater, over: acme)
    #expect(values("open_metrics_informer_groups", of: informer) == ["acme Synced": 1, "acme Failed": 1])
    #expect(values("open_metrics_informer_updater_rules", of: informer) == ["acme": 2])
    #expect(values("open_metrics_informer_updater_tenants", of: informer) == ["acme": 1])
    #expect(values("open_metrics_informer_passes_total", of: informer) == ["updater failed": 1])
    #expect(
      values("open_metrics_informer_operations_total", of: informer) == ["put success": 1, "put failure": 1])

    world.ruler.fail { _ in nil }
    await informer.pass(.updater, over: acme)
    #expect(values("open_metrics_informer_groups", of: informer) == ["acme Synced": 2, "acme Failed": 0])
    #expect(values("open_metrics_informer_passes_total", of: informer) == ["updater failed": 1, "updater done": 1])
  }

  /// Another one works then, and what this one saw last is no longer so.
  @Test func howRulesStandIsShownByTheLeaderAlone() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("a")))
    await informer.pass(.updater, over: acme)
    informer.cell.set(nil)
    for name in ["groups", "updater_rules", "updater_tenants"] {
      #expect(values("open_metrics_informer_\(name)", of: informer) == [:])
    }
    #expect(values("open_metrics_informer_passes_total", of: informer) == ["updater done": 1])
    informer.cell.set(.unlimited)
    #expect(values("open_metrics_informer_groups", of: informer) == ["acme Synced": 1])
  }

  @Test func whatTheRulerHasIsCounted() async {
    let informer = TestInformer(in: world)
    world.ruler.set(Terms.group("a"), at: Terms.key(acme, "a"))
    world.ruler.set(Terms.group("b"), at: Terms.key(acme, "b"))
    await informer.pass(.tracker, over: acme)
    #expect(values("open_metrics_informer_tracker_rules", of: informer) == ["acme": 2])
    #expect(values("open_metrics_informer_tracker_tenants", of: informer) == ["acme": 1])
    #expect(values("open_metrics_informer_operations_total", of: informer) == ["create success": 2])
  }

  @Test func removalsThatAreHeldBackAreCounted() async {
    let settings = SyncSettings(
      policy: SyncPolicy(removes: true, removalLimit: SyncPolicy.RemovalLimit(count: 1, percent: 0)))
    let informer = TestInformer(in: world, settings: settings)
    let resource = world.store.apply(Terms.resource("one", Terms.group("a"), Terms.group("b")))
    await informer.pass(.updater, over: acme)
    world.store.delete(resource.id)
    await informer.pass(.updater, over: acme)
    #expect(world.ruler.groups.count == 2)
    #expect(values("open_metrics_informer_held_removals", of: informer) == ["acme": 2])
    #expect(values("open_metrics_informer_groups", of: informer)["acme Held"] == 2)
  }

  @Test func duplicatesAreCounted() async {
    let informer = TestInformer(in: world)
    var young = Terms.resource("young")
    young.groups = [.group(RuleGroup(name: "b", rules: Terms.group("a").rules))]
    world.store.apply(Terms.resource("old", Terms.group("a")))
    world.store.apply(young)
    await informer.pass(.updater, over: acme)
    #expect(values("open_metrics_informer_duplicates", of: informer) == ["acme": 1])
    world.store.apply(Terms.resource("young", Terms.group("b")))
    await informer.pass(.updater, over: acme)
    #expect(values("open_metrics_informer_duplicates", of: informer) == ["acme": 0])
  }
}
