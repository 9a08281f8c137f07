import Model
import Synchronization
import TestSupport

@testable import Actors

/// A random history: people edit both sides, also in the middle of passes; informers come, are killed at any call, and
/// are followed by others. In the end everybody leaves it alone, and the last informer brings both sides in step.
final class SyncHistory: Sendable {
  private struct Group {
    /// Whether people have deleted it on a side since they last wrote something new.
    var isDeletedBySomebody = false
  }

  private struct State {
    var random: SplitMix64
    var groups: [String: Group] = [:]
    var lastVersion = 0
    var faults: [String] = []
    var log: [String] = []
    var informers = 0
    /// Whether people edit in the middle of passes.
    var isBusy = false
  }

  private static let groups = ["a", "b", "c", "d"]

  let world: SyncWorld
  private let tenant: TenantID
  private let settings: SyncSettings
  private let state: Mutex<State>

  /// - Parameter interrupts: whether people edit in the middle of passes.
  init(seed: UInt64, tenant: TenantID, interrupts: Bool) {
    var random = SplitMix64(seed: seed)
    self.tenant = tenant
    settings = SyncSettings(
      policy: SyncPolicy(
        removes: random.oneIn(2), conflict: random.pick([.kubernetes, .ruler]),
        drift: random.pick([nil, .repair, .report])), writesPerSave: 1 + random.below(3))
    // Some rulers print what they get in other words.
    let rewrites = random.oneIn(2)
    world = SyncWorld { group in
      guard rewrites else { return group }
      var group = group
      group.interval = group.interval == "60s" ? "1m" : group.interval
      return group
    }
    state = Mutex(State(random: random, isBusy: interrupts))
  }

  /// What went wrong, in words.
  var faults: [String] { state.withLock { $0.faults } }
  /// What happened, for whoever looks for the reason.
  var log: [String] { state.withLock { $0.log } }

  /// Lets it happen.
  func run(steps: Int) async {
    var informer = newInformer(isMortal: true)
    for _ in 0..<steps {
      if informer.process.isDead || chance(15) { informer = newInformer(isMortal: true) }
      if chance(2) { edit() }
      await pass(chance(2) ? .updater : .tracker, of: informer)
      world.time.advance(by: .seconds(chance(3) ? 600 : 30))
    }
    state.withLock { $0.isBusy = false }
    await settle()
  }

  // MARK: Informers

  private func newInformer(isMortal: Bool) -> TestInformer {
    let (number, death) = state.withLock { state in
      state.informers += 1
      let call = 1 + state.random.below(25)
      let death: FakeProcess.Death? =
        isMortal && state.random.oneIn(2) ? (state.random.oneIn(2) ? .before(call: call) : .after(call: call)) : nil
      return (state.informers, death)
    }
    let process = FakeProcess("i\(number)", dies: death, isSilent: false) { [weak self] call in
      self?.note("i\(number) \(call)")
      if self?.state.withLock({ $0.isBusy && $0.random.oneIn(12) }) == true { self?.edit() }
    }
    return TestInformer(process, in: world, settings: settings)
  }

  @discardableResult
  private func pass(_ half: SyncHalf, of informer: TestInformer) async -> PassEnd {
    let end = await informer.pass(half, over: tenant)
    note("\(informer.process.name) \(half): \(end)")
    return end
  }

  // MARK: People

  private func chance(_ rarity: Int) -> Bool {
    state.withLock { $0.random.oneIn(rarity) }
  }

  private func edit() {
    let (name, choice, text) = state.withLock { state in
      state.lastVersion += 1
      return (state.random.pick(Self.groups), state.random.below(5), "v\(state.lastVersion)")
    }
    let key = SyncTerms.key(tenant, name)
    switch choice {
    case 0, 1:
      note("people write \(name) in Kubernetes: \(text)")
      var rule = resource(of: name) ?? SyncTerms.resource(name)
      rule.groups = [.group(group(name, text))]
      world.store.apply(rule)
      mark(name, deleted: false)
    case 2:
      note("people write \(name) in the ruler: \(text)")
      world.ruler.set(group(name, text), at: key)
      mark(name, deleted: false)
    case 3:
      guard let rule = resource(of: name) else { return }
      note("people delete \(name) in Kubernetes")
      world.store.delete(rule.id)
      mark(name, deleted: true)
    default:
      guard world.ruler.groups[key] != nil else { return }
      note("people delete \(name) in the ruler")
      world.ruler.remove(key)
      mark(name, deleted: true)
    }
  }

  private func group(_ name: String, _ text: String) -> RuleGroup {
    var group = SyncTerms.group(name, text)
    group.interval = "60s"
    return group
  }

  private func resource(of group: String) -> OpenMetricsRule? {
    world.store.resources.values.filter { $0.group(group) != nil }.min { ($0.created, $0.id) < ($1.created, $1.id) }
  }

  private func mark(_ group: String, deleted: Bool) {
    state.withLock { $0.groups[group, default: Group()].isDeletedBySomebody = deleted }
  }

  // MARK: The end

  /// Everybody leaves it alone.
  private func settle() async {
    note("everybody leaves it alone")
    let informer = newInformer(isMortal: false)
    for _ in 0..<4 {
      // The breaker of flapping lets go after a while.
      world.time.advance(by: .seconds(1000))
      for half in SyncHalf.allCases { await pass(half, of: informer) }
    }
    checkSides(informer)
    let (writes, saves) = (world.writeCount, world.ledgers.saves.count)
    for half in SyncHalf.allCases { await pass(half, of: informer) }
    check(world.writeCount == writes && world.ledgers.saves.count == saves, "it does not come to rest")
  }

  private func checkSides(_ informer: TestInformer) {
    let states = informer.states(of: tenant)
    for name in Self.groups {
      let inRuler = world.ruler.groups[SyncTerms.key(tenant, name)]
      let inKubernetes = resource(of: name)?.group(name)
      let state = states["rules/\(name)"] ?? "none"
      let wasDeleted = self.state.withLock { $0.groups[name]?.isDeletedBySomebody } ?? true
      check(
        wasDeleted || (inRuler != nil && inKubernetes != nil) || state == "Orphaned",
        "\(name) is gone and nobody has deleted it (\(state))")
      let comparison = RuleComparison()
      let isSame = inRuler.map { comparison.hash($0) } == inKubernetes.map { comparison.hash($0) }
      check(isSame || mayDiffer(state), "\(name) is \(state) and not the same on both sides")
      check(!isSame || inRuler == nil || state == "Synced", "\(name) is the same on both sides and \(state)")
    }
  }

  /// Whether groups that stand like this are for people to mend.
  private func mayDiffer(_ state: String) -> Bool {
    // Where the ruler is right, and the resource is somebody else's, nothing can be done.
    ["Drifted", "Orphaned"].contains(state) || state == "Conflict" && settings.policy.conflict == .ruler
  }

  private func check(_ isTrue: Bool, _ fault: String) {
    if !isTrue { state.withLock { $0.faults.append(fault) } }
  }

  private func note(_ line: String) {
    state.withLock { $0.log.append(line) }
  }
}
