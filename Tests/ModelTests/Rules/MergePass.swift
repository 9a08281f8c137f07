import Model

/// A pass of one half over one tenant, in steps between which anything may happen: people write, the other half works,
/// or the program stops.
final class MergePass {
  enum Half: CaseIterable {
    case tracker, updater
  }

  private let world: MergeWorld
  private let half: Half
  private let tenant: TenantID
  private let mayRemove: Bool
  private var steps: [() -> Void] = []
  private var ledger = VersionedLedger(Ledger(), version: nil)
  private var isChanged = false

  init(_ half: Half, of tenant: TenantID, in world: MergeWorld, mayRemove: Bool) {
    self.world = world
    self.half = half
    self.tenant = tenant
    self.mayRemove = mayRemove
    steps = [{ [unowned self] in load() }]
  }

  /// Does the next step.
  ///
  /// - Returns: whether there was one.
  func advance() -> Bool {
    guard !steps.isEmpty else { return false }
    steps.removeFirst()()
    return true
  }

  private func load() {
    world.now += 1000
    ledger = world.ledgers[tenant] ?? ledger
    steps = [
      { [unowned self] in
        let index = world.index()
        steps.append { [unowned self] in
          let reading = world.reading(of: tenant)
          steps.append { [unowned self] in carryOut(index, reading) }
        }
      }
    ]
  }

  private func carryOut(_ index: ResourceIndex, _ reading: RulerReading<RulerRules>) {
    let plan = world.plan(
      for: tenant, ledger: ledger.ledger, index: index, reading: reading, mayRemove: mayRemove)
    isChanged = ledger.ledger.recordFindings(of: plan, at: world.now)
    switch half {
    case .updater:
      for (key, push) in plan.pushes { steps.append { [unowned self] in write(push, key) } }
      for (key, _) in plan.removals { steps.append { [unowned self] in remove(key) } }
    case .tracker:
      for (key, groupImport) in plan.imports { steps.append { [unowned self] in create(groupImport, key) } }
      for update in plan.resourceUpdates(in: index) { steps.append { [unowned self] in write(update) } }
    }
    steps.append { [unowned self] in save() }
  }

  private func save() {
    guard isChanged, !world.fails(), world.ledgers[tenant]?.version == ledger.version else { return }
    let version = ledger.version.flatMap { Int($0) } ?? 0
    world.ledgers[tenant] = VersionedLedger(ledger.ledger, version: "\(version + 1)")
    world.writes += 1
  }

  // MARK: Updater

  private func write(_ push: GroupPush, _ key: LedgerKey) {
    guard !world.fails(), world.group(key, of: tenant).map(world.comparison.hash) == push.replaced else { return }
    world.put(push.group, key, of: tenant)
    // It is done, and the answer is lost.
    if world.fails() { return }
    steps.insert({ [unowned self] in readBack(push, key) }, at: 0)
  }

  private func readBack(_ push: GroupPush, _ key: LedgerKey) {
    guard let group = world.group(key, of: tenant) else { return }
    _ = ledger.ledger.record(push, of: key, readBack: group, comparison: world.comparison, at: world.now)
    isChanged = true
  }

  /// Makes the plan anew before anything is removed.
  private func remove(_ key: LedgerKey) {
    let plan = world.plan(
      for: tenant, ledger: ledger.ledger, index: world.index(), reading: world.reading(of: tenant),
      mayRemove: mayRemove)
    guard !world.fails(), plan.removals.contains(where: { $0.key == key }) else { return }
    world.remove(key, of: tenant)
    if world.fails() { return }
    steps.insert(
      { [unowned self] in
        ledger.ledger.recordRemoval(of: key)
        isChanged = true
      }, at: 0)
  }

  // MARK: Tracker

  private func create(_ groupImport: GroupImport, _ key: LedgerKey) {
    guard !world.fails(), let stored = world.create(groupImport.resource), !world.fails() else { return }
    steps.insert(
      { [unowned self] in
        isChanged =
          ledger.ledger.record(groupImport, of: key, stored: stored, comparison: world.comparison, at: world.now)
          || isChanged
      }, at: 0)
  }

  private func write(_ update: ResourceUpdate) {
    guard !world.fails(), let stored = world.update(update.resource), !world.fails() else { return }
    steps.insert(
      { [unowned self] in
        for (key, takeover) in update.takeovers {
          isChanged =
            ledger.ledger.record(takeover, of: key, stored: stored, comparison: world.comparison, at: world.now)
            || isChanged
        }
      }, at: 0)
  }
}
