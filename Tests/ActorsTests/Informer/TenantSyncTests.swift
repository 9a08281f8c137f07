import InMemoryLogging
import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct TenantSyncTests {
  private let world = SyncWorld()
  private let acme: TenantID

  init() throws {
    acme = try TenantID("acme")
  }

  private typealias Terms = SyncTerms

  private func expression(inRuler group: String) -> String? {
    Terms.expression(world.ruler.groups[Terms.key(acme, group)])
  }

  // MARK: To the ruler

  @Test func aNewGroupIsWrittenToTheRuler() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(world.ruler.groups.keys.sorted().map(\.group) == ["cpu", "disk"])
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced", "rules/disk": "Synced"])
    #expect(
      informer.process.calls == [
        "list acme", "load acme", "save acme",
        "get acme/rules/cpu", "put acme/rules/cpu", "get acme/rules/cpu",
        "get acme/rules/disk", "put acme/rules/disk", "get acme/rules/disk", "save acme",
      ])
  }

  @Test func theSecondPassDoesNothing() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    await informer.pass(.updater, over: acme)
    let calls = informer.process.calls.count
    await informer.pass(.updater, over: acme)
    #expect(informer.process.calls.dropFirst(calls) == ["list acme", "load acme"])
    await informer.pass(.updater, over: acme)
    await informer.pass(.tracker, over: acme)
    #expect(informer.process.calls.dropFirst(calls + 2) == ["list acme", "list acme"], "nothing is new")
    world.time.advance(by: .seconds(600))
    await informer.pass(.updater, over: acme)
    #expect(informer.process.calls.dropFirst(calls + 4) == ["list acme", "load acme"], "the ledger may be lost")
  }

  /// The ruler has said that nothing is new, compared with what was settled when it was asked.
  @Test func anAnswerMayComeAfterTheEndOfWhatWasSettled() async {
    let time = world.time
    let informer = TestInformer(
      FakeProcess { call in
        if call == "list acme" { time.advance(by: .seconds(1)) }
      }, in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    time.advance(by: .seconds(599.5))
    let calls = informer.process.calls.count
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(informer.process.calls.dropFirst(calls) == ["list acme"])
    await informer.pass(.updater, over: acme)
    #expect(informer.process.calls.dropFirst(calls + 1) == ["list acme", "load acme"])
  }

  @Test func aChangeInKubernetesIsWritten() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu", "up")))
    await informer.pass(.updater, over: acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu", "down")))
    await informer.pass(.updater, over: acme)
    #expect(expression(inRuler: "cpu") == "down")
  }

  /// What somebody has written since the list was read is not written over.
  @Test func whatIsNotWhatThePlanWasMadeForIsLeftAlone() async {
    let (ruler, key) = (world.ruler, Terms.key(acme, "cpu"))
    let informer = TestInformer(
      FakeProcess { call in
        if call == "get acme/rules/cpu" { ruler.set(Terms.group("cpu", "theirs"), at: key) }
      }, in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu", "ours")))
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.ruler.writes.isEmpty)
    #expect(informer.states(of: acme) == ["rules/cpu": "Pending"])
  }

  @Test func whatSomebodyElseWroteRightAfterIsNoAgreement() async {
    let (ruler, key) = (world.ruler, Terms.key(acme, "cpu"))
    let informer = TestInformer(
      FakeProcess { call in
        if call == "get acme/rules/cpu", !ruler.writes.isEmpty { ruler.set(Terms.group("cpu", "theirs"), at: key) }
      }, in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu", "ours")))
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.ledgers.ledger(of: acme).entries.isEmpty)
  }

  /// A ruler that writes what it is given in other words is not written to again and again.
  @Test func aRulerMayWriteInItsOwnWords() async {
    let world = SyncWorld { group in
      var group = group
      group.interval = group.interval == "60s" ? "1m" : group.interval
      group.otherFields = []
      return group
    }
    let informer = TestInformer(in: world)
    var group = Terms.group("cpu")
    group.interval = "60s"
    group.otherFields = [DocumentField("unknown", .text("x"))]
    world.store.apply(Terms.resource("one", group))
    await informer.pass(.updater, over: acme)
    await informer.pass(.updater, over: acme)
    await informer.pass(.tracker, over: acme)
    #expect(world.writeCount == 1)
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced"])
  }

  // MARK: What the ruler refuses

  @Test func anInvalidGroupHoldsUpNoOtherAndIsNotSentAgain() async {
    let informer = TestInformer(in: world)
    world.ruler.fail { $0 == "put acme/rules/a" ? RulerFailure(.invalid, status: 400, message: "") : nil }
    world.store.apply(Terms.resource("one", Terms.group("a", "up{"), Terms.group("b")))
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(informer.states(of: acme) == ["rules/a": "Invalid", "rules/b": "Synced"])
    let message = informer.sync.memory.reports(of: acme)[LedgerKey(namespace: "rules", group: "a")]?.outcome.message
    #expect(
      message == "the ruler refuses the group and does not say why: most probably an expression is not valid")
    for _ in 0..<3 { await informer.pass(.updater, over: acme) }
    #expect(informer.process.calls.count { $0 == "put acme/rules/a" } == 1)
    #expect(world.store.events.map(\.reason) == ["RefusedByRuler"])
    world.ruler.fail { _ in nil }
    world.store.apply(Terms.resource("one", Terms.group("a", "up"), Terms.group("b")))
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/a": "Synced", "rules/b": "Synced"])
  }

  /// Not by the tracker, which sends nothing, and without another event.
  @Test func whatTheRulerHasRefusedIsSentAgainAfterAWhile() async {
    let informer = TestInformer(in: world)
    world.ruler.fail { $0 == "put acme/rules/a" ? RulerFailure(.invalid, status: 413, message: "too long") : nil }
    world.store.apply(Terms.resource("one", Terms.group("a")))
    for half in SyncHalf.allCases { await informer.pass(half, over: acme) }
    world.time.advance(by: .seconds(599))
    for half in SyncHalf.allCases { await informer.pass(half, over: acme) }
    #expect(informer.process.calls.count { $0 == "put acme/rules/a" } == 1)
    world.time.advance(by: .seconds(1))
    await informer.pass(.tracker, over: acme)
    #expect(informer.states(of: acme) == ["rules/a": "Invalid"])
    await informer.pass(.updater, over: acme)
    #expect(informer.process.calls.count { $0 == "put acme/rules/a" } == 2)
    #expect(informer.states(of: acme) == ["rules/a": "Invalid"])
    #expect(world.store.events.map(\.reason) == ["RefusedByRuler"])
    world.ruler.fail { _ in nil }
    world.time.advance(by: .seconds(600))
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/a": "Synced"])
  }

  /// The same series from two groups: the older resource has it until it gives it up.
  @Test func aRuleThatStandsTwiceIsWrittenOnceWhereThatIsWanted() async throws {
    let informer = TestInformer(in: world, settings: SyncSettings(policy: SyncPolicy(duplicates: .refuse)))
    var young = Terms.resource("young", Terms.group("b"))
    young.groups = [.group(RuleGroup(name: "b", rules: Terms.group("a").rules))]
    world.store.apply(Terms.resource("old", Terms.group("a")))
    world.store.apply(young)
    for half in SyncHalf.allCases { await informer.pass(half, over: acme) }
    #expect(world.ruler.groups.keys.map(\.group) == ["a"])
    #expect(informer.states(of: acme) == ["rules/a": "Synced", "rules/b": "Duplicate"])
    #expect(world.store.events.map(\.reason) == ["DuplicateRule"])
    await informer.pass(.updater, over: acme)
    #expect(world.store.events.count == 1)
    var old = Terms.resource("old")
    old.groups = [.group(RuleGroup(name: "a", rules: Terms.group("c").rules))]
    world.store.apply(old)
    await informer.pass(.updater, over: acme)
    #expect(world.ruler.groups.keys.map(\.group).sorted() == ["a", "b"])
    #expect(informer.states(of: acme) == ["rules/a": "Synced", "rules/b": "Synced"])
  }

  /// What was pushed before it became a duplicate stays, and is told of once, also by the informer that comes next.
  @Test func aDuplicateThatIsInTheRulerIsToldOfOnce() async throws {
    let informer = TestInformer(in: world)
    var young = Terms.resource("young", Terms.group("b"))
    young.groups = [.group(RuleGroup(name: "b", rules: Terms.group("a").rules))]
    world.store.apply(Terms.resource("old", Terms.group("a")))
    world.store.apply(young)
    for half in SyncHalf.allCases + SyncHalf.allCases { await informer.pass(half, over: acme) }
    #expect(world.ruler.groups.keys.map(\.group).sorted() == ["a", "b"])
    #expect(world.store.events.map(\.reason) == ["DuplicateRule"])
    var book = StatusBook()
    let view = try #require(informer.watch.views.newest)
    for entry in book.entries(for: [acme], in: view, now: 1, record: { informer.sync.memory.record(of: $0) }) {
      try await informer.ports.store.writeStatus(entry.status, of: entry.rule)
    }
    let next = TestInformer(in: world)
    for half in SyncHalf.allCases { await next.pass(half, over: acme) }
    #expect(next.states(of: acme) == ["rules/a": "Synced", "rules/b": "Synced"])
    #expect(world.store.events.count == 1)
  }

  /// A group that always fails comes last, so that it does not use up the patience for the others.
  @Test func groupsThatFailHoldUpNoOthers() async {
    let informer = TestInformer(in: world)
    let poisoned = Set(["put acme/rules/a", "put acme/rules/b", "put acme/rules/c"])
    world.ruler.fail { poisoned.contains($0) ? RulerFailure(.transient, status: 500, message: "no") : nil }
    let names = ["a", "b", "c", "d", "e"]
    var resource = Terms.resource("one")
    resource.groups = names.map { .group(Terms.group($0)) }
    world.store.apply(resource)
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.ruler.groups.isEmpty, "it may be the ruler that fails")
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.ruler.groups.keys.map(\.group).sorted() == ["d", "e"])
    #expect(informer.states(of: acme)["rules/a"] == "Failed")
  }

  @Test(arguments: [RulerFailure.Kind.misconfigured, .unauthorized])
  func aWrongSetupIsNotTriedGroupByGroup(kind: RulerFailure.Kind) async {
    let informer = TestInformer(in: world)
    world.ruler.fail { $0.hasPrefix("put") ? RulerFailure(kind, status: 404, message: "no") : nil }
    world.store.apply(Terms.resource("one", Terms.group("a"), Terms.group("b")))
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(informer.process.calls.count { $0.hasPrefix("put") } == 1)
  }

  @Test func whoAsksToWaitIsHeard() async {
    let informer = TestInformer(in: world)
    world.ruler.fail { call in
      call.hasPrefix("put")
        ? RulerFailure(.transient, status: 429, message: "slow down", retryAfter: .seconds(30)) : nil
    }
    world.store.apply(Terms.resource("one", Terms.group("a")))
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: .seconds(30)))
  }

  // MARK: To Kubernetes

  @Test func aGroupFoundInTheRulerIsImported() async throws {
    let informer = TestInformer(in: world)
    world.ruler.set(Terms.group("cpu"), at: Terms.key(acme, "cpu"))
    #expect(await informer.pass(.tracker, over: acme) == .done)
    let imported = try #require(world.store.resources.values.first)
    #expect(imported.tenants == ["acme"])
    #expect(imported.description == OpenMetricsRule.importedDescription)
    #expect(Terms.expression(imported.group("cpu")) == "up")
    #expect(
      informer.process.calls == [
        "list acme", "load acme", "list resources", "list acme", "save acme", "get acme/rules/cpu",
        "create \(imported.id)", "save acme", "event \(imported.id) NewInRuler",
      ])
    for half in SyncHalf.allCases { await informer.pass(half, over: acme) }
    #expect(world.writeCount == 1)
  }

  @Test func aChangeOfAnImportIsTakenOver() async throws {
    let informer = TestInformer(in: world)
    world.ruler.set(Terms.group("cpu", "up"), at: Terms.key(acme, "cpu"))
    await informer.pass(.tracker, over: acme)
    world.ruler.set(Terms.group("cpu", "down"), at: Terms.key(acme, "cpu"))
    await informer.pass(.tracker, over: acme)
    #expect(world.store.resources.values.map { Terms.expression($0.group("cpu")) } == ["down"])
    #expect(world.ruler.writes.isEmpty)
  }

  @Test func aNameThatIsTakenIsNotInsistedOn() async throws {
    let informer = TestInformer(in: world)
    let key = Terms.key(acme, "cpu")
    world.ruler.set(Terms.group("cpu"), at: key)
    let taken = "create default/\(ImportName.name(for: key))"
    world.store.fail { $0 == taken ? RuleStoreFailure(.exists, "there already") : nil }
    #expect(await informer.pass(.tracker, over: acme) == .done)
    #expect(world.store.resources.keys.map(\.name) == [ImportName.name(for: key, attempt: 1)])
  }

  @Test func aStoreThatRefusesAnImportIsShown() async {
    let informer = TestInformer(in: world)
    world.ruler.set(Terms.group("cpu"), at: Terms.key(acme, "cpu"))
    world.store.fail { $0.hasPrefix("create") ? RuleStoreFailure(.forbidden, "not allowed") : nil }
    #expect(await informer.pass(.tracker, over: acme) == .done)
    #expect(informer.states(of: acme) == ["rules/cpu": "Failed"])
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/cpu": "Failed"], "the updater's pass changes nothing about it")
  }

  /// The copy of the resources may be behind: the list from the store itself counts.
  @Test func whatIsAlreadyThereIsNotImported() async {
    let informer = TestInformer(in: world)
    world.ruler.set(Terms.group("cpu"), at: Terms.key(acme, "cpu"))
    await informer.watch.take(world.store.snapshot)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    #expect(await informer.sync.pass(over: acme, .tracker) == .done)
    #expect(world.writeCount == 0)
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced"])
  }

  // MARK: Removal

  private var removing: SyncSettings { SyncSettings(policy: SyncPolicy(removes: true)) }

  @Test func aGroupThatIsGoneIsRemovedFromTheRuler() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
    await informer.pass(.updater, over: acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    let calls = informer.process.calls.count
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(world.ruler.groups.keys.map(\.group) == ["cpu"])
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced"])
    #expect(
      informer.process.calls.dropFirst(calls) == [
        "list acme", "load acme", "list resources", "list acme", "save acme", "get acme/rules/disk",
        "delete acme/rules/disk", "save acme",
        "event rules/\(ImportName.name(for: Terms.key(acme, "disk"))) "
          + "RemovedFromKubernetes",
      ])
    #expect(Array(world.ledgers.ledger(of: acme).entries.keys).map(\.group) == ["cpu"])
  }

  @Test func nothingIsRemovedInTheFirstPassButSoonAfter() async {
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
    await TestInformer(in: world, settings: removing).pass(.updater, over: acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    let next = TestInformer(in: world, settings: removing)
    #expect(await next.pass(.updater, over: acme) == .unfinished)
    #expect(world.ruler.groups.count == 2)
    #expect(next.states(of: acme) == ["rules/cpu": "Synced", "rules/disk": "Held"])
    #expect(await next.pass(.updater, over: acme) == .done)
    #expect(world.ruler.groups.count == 1)
    next.cell.set(nil)
    next.cell.set(LeaseTerm(transitions: 1, end: world.time.now + .seconds(10), lapse: world.time.now + .seconds(15)))
    world.store.apply(Terms.resource("one", Terms.group("other")))
    #expect(await next.pass(.updater, over: acme) == .unfinished, "nor in the first one of a new term")
  }

  @Test func whatIsThereInTheStoreItselfIsNotRemoved() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    await informer.watch.take(RuleStoreSnapshot(resources: [:]))
    #expect(await informer.sync.pass(over: acme, .updater) == .done)
    #expect(world.ruler.groups.count == 1)
    #expect(informer.process.calls.contains("list resources"))
  }

  @Test func aListThatFailsRemovesNothing() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    world.store.delete(Terms.resource("one").id)
    world.store.fail { $0 == "list" ? RuleStoreFailure(.transient, "503") : nil }
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.ruler.groups.count == 1)
  }

  @Test func whatWasChangedMeanwhileIsNotRemoved() async {
    let (ruler, key) = (world.ruler, Terms.key(acme, "cpu"))
    let informer = TestInformer(
      FakeProcess { call in
        guard call == "get acme/rules/cpu", ruler.groups[key] != nil, ruler.writes.count == 1 else { return }
        ruler.set(Terms.group("cpu", "theirs"), at: key)
      }, in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("cpu2")))
    world.ruler.fail { _ in nil }
    await informer.pass(.updater, over: acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu2")))
    _ = await informer.pass(.updater, over: acme)
    #expect(world.ruler.groups[key] != nil)
  }

  @Test func theLastResourceOfATenantIsNotForgotten() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    world.store.delete(Terms.resource("one").id)
    await informer.pass(.updater, over: acme)
    #expect(world.ruler.groups.isEmpty)
  }

  /// Where the ruler has no room, what has to go goes first.
  @Test func removalsMakeRoom() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("a")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    world.ruler.limitGroups(to: 1)
    world.store.apply(Terms.resource("one", Terms.group("b")))
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(world.ruler.groups.keys.map(\.group) == ["b"])
    #expect(informer.states(of: acme) == ["rules/b": "Synced"])
  }

  @Test func aFullRulerIsShown() async {
    let informer = TestInformer(in: world)
    world.ruler.limitGroups(to: 1)
    world.store.apply(Terms.resource("one", Terms.group("a"), Terms.group("b")))
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(informer.states(of: acme) == ["rules/a": "Synced", "rules/b": "Failed"])
  }

  // MARK: What cannot be read

  @Test func anUnreadableRulerChangesNothingForAWhile() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    // By the second pass it is settled that there is nothing to do.
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    world.ruler.fail { _ in RulerFailure(.transient, status: 503, message: "no", retryAfter: .seconds(7)) }
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: .seconds(7)))
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced"])
    world.time.advance(by: .seconds(300))
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/cpu": "Unknown"])
    world.ruler.fail { _ in nil }
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/cpu": "Synced"])
    #expect(world.writeCount == 1)
    let messages = world.log.entries.map { "\($0.message)" }
    #expect(
      messages == ["tenant acme is not in step: status 503: no", "tenant acme: what was in the way is gone"])
  }

  @Test func anUnreadableRulerIsShownAtOnceWhereNothingIsKnown() async {
    let informer = TestInformer(in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    world.ruler.fail { _ in RulerFailure(.misconfigured, status: 404, message: "404 page not found") }
    await informer.pass(.updater, over: acme)
    #expect(informer.states(of: acme) == ["rules/cpu": "Unknown"])
  }

  @Test(arguments: [LedgerFailure.corrupt("what is this"), .store("503")])
  func withoutItsLedgerATenantIsLeftAlone(failure: LedgerFailure) async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    world.ruler.set(Terms.group("disk"), at: Terms.key(acme, "disk"))
    world.ledgers.fail(acme, with: failure)
    for half in SyncHalf.allCases { #expect(await informer.pass(half, over: acme) == .failed(retryAfter: nil)) }
    #expect(world.writeCount == 0)
  }

  @Test func aLostLedgerRemovesNothing() async {
    let informer = TestInformer(in: world, settings: removing)
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    world.ledgers.lose(acme)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    for _ in 0..<2 { await informer.pass(.updater, over: acme) }
    #expect(world.ruler.groups.count == 2)
  }

  // MARK: Other informers

  @Test func whoeverHasAnOldLedgerWritesNothing() async {
    let (ledgers, acme) = (world.ledgers, acme)
    let informer = TestInformer(
      FakeProcess { call in
        if call == "save acme" { ledgers.replace(Ledger(), of: acme) }
      }, in: world)
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    #expect(await informer.pass(.updater, over: acme) == .failed(retryAfter: nil))
    #expect(world.writeCount == 0)
  }

  @Test(arguments: ["save acme", "get acme/rules/cpu", "put acme/rules/cpu"])
  func whoeverDoesNotLeadAnyMoreWritesNothingMore(call: String) async {
    let cell = Watched<LeadershipCell?>(nil)
    let informer = TestInformer(
      FakeProcess { now in
        guard now == call else { return }
        cell.value?.set(nil)
        cell.update { $0 = nil }
      }, in: world)
    cell.update { $0 = informer.cell }
    world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
    #expect(await informer.pass(.updater, over: acme) == .notLeading)
    // The write that was under way is the only one.
    #expect(world.ruler.groups.count == (call == "put acme/rules/cpu" ? 1 : 0))
    #expect(await informer.pass(.updater, over: acme) == .notLeading)
    informer.cell.set(.unlimited)
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(world.ruler.writes.count == 2, "what was written is not written again")
  }

  /// Killed at any call: nothing is written twice, and nothing is left out.
  @Test func whoeverComesAfterOneThatWasKilledWritesWhatIsMissing() async {
    for number in 1...16 {
      for death in [FakeProcess.Death.before(call: number), .after(call: number)] {
        let world = SyncWorld()
        world.store.apply(Terms.resource("one", Terms.group("cpu"), Terms.group("disk")))
        world.ruler.set(Terms.group("net"), at: Terms.key(acme, "net"))
        let killed = TestInformer(FakeProcess("a", dies: death, isSilent: false), in: world)
        for half in SyncHalf.allCases { await killed.pass(half, over: acme) }
        let next = TestInformer(FakeProcess("b"), in: world)
        for half in SyncHalf.allCases { await next.pass(half, over: acme) }
        #expect(
          next.states(of: acme) == ["rules/cpu": "Synced", "rules/disk": "Synced", "rules/net": "Synced"],
          "\(death)")
        #expect(world.writeCount == 3, "\(death)")
        let saves = world.ledgers.saves.count
        for half in SyncHalf.allCases { await next.pass(half, over: acme) }
        #expect(world.writeCount == 3 && world.ledgers.saves.count == saves, "\(death)")
      }
    }
  }

  // MARK: Limits

  @Test func aLongPassMakesRoomForOthers() async {
    let time = world.time
    let informer = TestInformer(
      FakeProcess { call in
        if call.hasPrefix("put") { time.advance(by: .seconds(8)) }
      }, in: world)
    var resource = Terms.resource("one")
    resource.groups = (0..<5).map { .group(Terms.group("g\($0)")) }
    world.store.apply(resource)
    #expect(await informer.pass(.updater, over: acme) == .unfinished)
    #expect(world.ruler.groups.count == 3)
    #expect(await informer.pass(.updater, over: acme) == .done)
    #expect(world.ruler.groups.count == 5)
    #expect(world.ruler.writes.count == 5)
  }

  @Test func theLedgerIsSavedInBetween() async {
    var settings = SyncSettings()
    settings.writesPerSave = 2
    let informer = TestInformer(in: world, settings: settings)
    var resource = Terms.resource("one")
    resource.groups = (0..<5).map { .group(Terms.group("g\($0)")) }
    world.store.apply(resource)
    await informer.pass(.updater, over: acme)
    #expect(world.ledgers.saves.count == 4)
  }

  // MARK: Dry run

  @Test func aDryRunWritesNothing() async {
    let plans = Watched<[Plan]>([])
    let informer = TestInformer(in: world, settings: SyncSettings(isDryRun: true)) { plan in
      plans.update { $0.append(plan) }
    }
    world.store.apply(Terms.resource("one", Terms.group("cpu")))
    world.ruler.set(Terms.group("disk"), at: Terms.key(acme, "disk"))
    for _ in 0..<2 {
      for half in SyncHalf.allCases { #expect(await informer.pass(half, over: acme) == .done) }
    }
    #expect(world.writeCount == 0 && world.ledgers.saves.isEmpty && world.store.events.isEmpty)
    #expect(plans.value.count == 1, "a plan is shown when it is another one")
    #expect(plans.value.first?.pushes.map(\.key.group) == ["cpu"])
    #expect(plans.value.first?.imports.map(\.key.group) == ["disk"])
  }
}
