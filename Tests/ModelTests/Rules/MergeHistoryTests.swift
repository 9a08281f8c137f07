import Model
import TestSupport
import Testing

/// Histories made up from a seed: people on both sides, passes of both halves in any order and through each other, and
/// stops between any two steps.
@Suite struct MergeHistoryTests {
  /// The kinds of servers.
  static let traits: [MergeWorld.Traits] = [
    MergeWorld.Traits(),
    MergeWorld.Traits(rulerRewrites: true),
    MergeWorld.Traits(storePrunes: true),
    MergeWorld.Traits(rulerRewrites: true, storePrunes: true),
  ]

  /// The last ones found faults once: an import whose end was not recorded weighed more than the ruler's next change.
  static let seeds = Array(UInt64(0)..<20) + [250, 1517, 1566, 1829]

  @Test(arguments: traits.indices, seeds) func bothSidesConvergeAndNothingIsLost(
    _ traits: Int, _ seed: UInt64
  ) throws {
    let world = try MergeWorld(seed: seed, traits: Self.traits[traits])
    disturb(world, steps: 150)
    settle(world)
    expectConvergence(world)
    expectNothingLost(world)
  }

  /// From agreement on, the last word of one side alone is what both sides have in the end, wherever the program stops.
  @Test(arguments: traits.indices, UInt64(0)..<20) func oneChangeArrivesWhateverStops(
    _ traits: Int, _ seed: UInt64
  ) throws {
    let world = try MergeWorld(seed: seed, traits: Self.traits[traits])
    for _ in 0..<4 { world.createResource() }
    for _ in 0..<4 { world.editRuler() }
    settle(world)
    let before = world.wanted()
    let inRuler = world.random.oneIn(2)
    if inRuler { world.editRuler() } else { world.editResource() }
    let changed = (inRuler ? world.found() : world.wanted()).filter { before[$0.key] != $0.value }
    for _ in 0..<6 { stop(world) }
    settle(world)
    expectConvergence(world)
    let after = world.found()
    for (key, content) in changed {
      let isTakenOver = !inRuler || before[key] == nil || world.isOurs(key)
      if isTakenOver { #expect(after[key] == content, "the change of \(key) was lost") }
    }
  }

  /// With other policies the sides need not converge, and yet nothing is removed that nobody removed.
  @Test(arguments: UInt64(0)..<40) func underAnyPolicyNothingIsRemovedLightly(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let policy = SyncPolicy(
      tracks: random.oneIn(2), updates: random.oneIn(2), removes: random.oneIn(2),
      conflict: random.pick(SyncPolicy.Conflict.allCases), drift: random.pick([nil, .repair, .report]))
    let world = try MergeWorld(seed: seed, traits: MergeWorld.Traits(rulerRewrites: random.oneIn(2), policy: policy))
    disturb(world, steps: 150)
    settle(world)
    expectNothingLost(world)
    expectRest(world)
  }

  /// Losing the ledger removes nothing.
  @Test(arguments: UInt64(0)..<20) func withoutALedgerNothingIsRemoved(_ seed: UInt64) throws {
    let world = try MergeWorld(seed: seed, traits: MergeWorld.Traits())
    disturb(world, steps: 80)
    settle(world)
    let before = Set(world.found().keys)
    world.removeFromResource()
    for tenant in world.tenants { world.ledgers[tenant] = VersionedLedger(Ledger(), version: nil) }
    settle(world)
    #expect(before.isSubset(of: Set(world.found().keys)))
  }

  // MARK: Histories

  private func disturb(_ world: MergeWorld, steps: Int) {
    var passes: [MergePass] = []
    for _ in 0..<steps {
      switch world.random.below(10) {
      case 0, 1: world.disturb()
      case 2: passes = startPass(world, passes)
      // A stop: all that runs is gone.
      case 3 where world.random.oneIn(4): passes = []
      default:
        guard !passes.isEmpty else { continue }
        let index = world.random.below(passes.count)
        if !passes[index].advance() { passes.remove(at: index) }
      }
    }
  }

  private func startPass(_ world: MergeWorld, _ passes: [MergePass]) -> [MergePass] {
    guard passes.count < 4 else { return passes }
    let half = world.random.pick(MergePass.Half.allCases)
    let tenant = world.random.pick(world.tenants)
    return passes + [MergePass(half, of: tenant, in: world, mayRemove: !world.random.oneIn(4))]
  }

  /// A pass that goes so far and no farther.
  private func stop(_ world: MergeWorld) {
    let half = world.random.pick(MergePass.Half.allCases)
    let pass = MergePass(half, of: world.random.pick(world.tenants), in: world, mayRemove: true)
    for _ in 0..<world.random.below(12) where pass.advance() {}
  }

  /// Passes without a disturbance until nothing is done any more.
  private func settle(_ world: MergeWorld) {
    world.isHealthy = true
    for _ in 0..<8 {
      let writes = world.writes
      for tenant in world.tenants {
        for half in MergePass.Half.allCases {
          let pass = MergePass(half, of: tenant, in: world, mayRemove: true)
          while pass.advance() {}
        }
      }
      if world.writes == writes { return }
    }
  }

  // MARK: What has to be true

  private func expectConvergence(_ world: MergeWorld) {
    let wanted = world.wanted()
    let found = world.found()
    for (key, content) in wanted { #expect(found[key] == content, "\(key) differs") }
    for key in found.keys where wanted[key] == nil {
      let entry = world.ledgers[key.tenant]?.ledger.entries[LedgerKey(namespace: key.namespace, group: key.group)]
      #expect(entry?.state == .tombstone, "\(key) is in the ruler alone")
    }
    for tenant in world.tenants {
      let plan = plan(world, tenant)
      #expect(plan.isSettled)
      for step in plan.steps { #expect([.synced, .orphaned].contains(step.outcome.state), "\(step.key)") }
    }
    expectRest(world)
  }

  /// A second pass does nothing.
  private func expectRest(_ world: MergeWorld) {
    let writes = world.writes
    let ledgers = world.ledgers
    settle(world)
    #expect(world.writes == writes)
    for tenant in world.tenants { #expect(world.ledgers[tenant]?.ledger == ledgers[tenant]?.ledger) }
  }

  /// What nobody removed is there, and no content comes back that people have replaced.
  private func expectNothingLost(_ world: MergeWorld) {
    let found = world.found()
    let everywhere = found.merging(world.wanted()) { first, _ in first }
    for (key, content) in world.lastInRuler where !world.removedFromRuler.contains(key) {
      let isGone = found[key] == nil && world.removedFromKubernetes[key] == nil
      #expect(!isGone, "\(key) with \(content) is gone from the ruler, and nobody removed it")
    }
    // What was removed from the ruler is restored from Kubernetes, which may not have had the last change yet.
    for (key, content) in everywhere where !world.removedFromRuler.contains(key) {
      #expect(
        content == world.lastInKubernetes[key] || content == world.lastInRuler[key]
          || world.removedFromKubernetes[key]?.contains(content) == true,
        "\(key) has \(content), which is not the last that somebody wrote")
    }
  }

  private func plan(_ world: MergeWorld, _ tenant: TenantID) -> Plan {
    world.plan(
      for: tenant, ledger: world.ledgers[tenant]?.ledger ?? Ledger(), index: world.index(),
      reading: world.reading(of: tenant), mayRemove: true)
  }
}

extension MergeWorld {
  /// Whether the resource that has a group is an import that nobody else has touched.
  fileprivate func isOurs(_ key: RuleKey) -> Bool {
    resources.values.contains { rule in
      rule.isUntouchedImport && rule.tenants == [key.tenant.name] && rule.id.namespace == key.namespace
        && rule.groups.contains { $0.name == key.group }
    }
  }
}
