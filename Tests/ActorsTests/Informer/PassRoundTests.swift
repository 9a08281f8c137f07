import Model
import TestSupport
import Testing

@testable import Actors

/// When all tenants have been brought in step, by the rounds themselves and as it is shown.
@Suite(.timeLimit(.minutes(5))) struct PassRoundTests {
  /// A round that expectations may change.
  private final class Rounds {
    private var round = PassRound()

    var isOver: Bool { round.isOver }

    func due(_ tenants: Set<TenantID>) { round.due(tenants) }

    func ended(_ tenant: TenantID, _ end: PassEnd) -> Bool { round.ended(tenant, end) }
  }

  private let a: TenantID
  private let b: TenantID
  private let c: TenantID

  init() throws {
    (a, b, c) = (try TenantID("a"), try TenantID("b"), try TenantID("c"))
  }

  @Test func aRoundIsOverWhenEverybodyIsDone() {
    let round = Rounds()
    round.due([a, b])
    #expect(!round.ended(a, .done))
    round.due([a, b, c])
    #expect(!round.ended(c, .done), "a round that is under way takes in who is new")
    #expect(!round.ended(b, .unfinished))
    #expect(round.ended(b, .done), "a need not be looked at once more")
    #expect(!round.ended(a, .done), "nor is a round over twice")
    round.due([a])
    #expect(!round.isOver)
    #expect(round.ended(a, .done))
  }

  @Test func whoFailsIsMissing() {
    let round = Rounds()
    round.due([a, b])
    #expect(!round.ended(b, .failed(retryAfter: nil)))
    #expect(!round.ended(a, .done))
    #expect(!round.ended(a, .failed(retryAfter: nil)), "what was in step before is not now")
    #expect(!round.ended(b, .done))
    #expect(round.ended(a, .done))
  }

  @Test func aRoundOverNobodyIsOver() {
    let round = Rounds()
    round.due([])
    #expect(round.isOver)
    round.due([a])
    round.due([])
    #expect(!round.isOver)
    #expect(!round.ended(b, .done), "whoever is not in it does not count")
    #expect(round.ended(a, .done))
    #expect(round.isOver)
  }

  // MARK: As it is shown

  private func runner(_ informer: TestInformer) -> PassRunner {
    PassRunner(
      .updater, sync: informer.sync, configuration: PassConfiguration(interval: .seconds(40)), random: { 0 })
  }

  private func success(_ informer: TestInformer) -> Int {
    informer.metrics.lastSuccess.with(SyncHalf.updater.rawValue).value
  }

  /// Where those that are done are due again before the last one is, there is always somebody who is looked at.
  @Test func aRoundMayTakeLongerThanItsInterval() async throws {
    let world = SyncWorld()
    let (slow, again) = (Gate(), Gate())
    let looks = Watched(0)
    let process = FakeProcess { call in
      if call == "list b" { try? await slow.wait() }
      guard call == "list a" else { return }
      looks.update { $0 += 1 }
      if looks.value > 1 { try? await again.wait() }
    }
    let informer = TestInformer(process, in: world)
    await informer.watch.take(world.store.snapshot)
    let runner = runner(informer)
    let running = Task { await runner.run() }
    await runner.due([a, b])
    for _ in 0..<1_000_000 where looks.value < 2 {
      await runner.due([a, b])
      await Task.yield()
    }
    #expect(looks.value == 2)
    #expect(success(informer) == 0)
    slow.open()
    for _ in 0..<1_000_000 where success(informer) == 0 { await Task.yield() }
    #expect(success(informer) == Int(world.time.secondsSince1970))
    again.open()
    running.cancel()
    await running.value
  }

  @Test func whereThereAreNoTenantsAllAreInStep() async {
    let world = SyncWorld()
    let informer = TestInformer(in: world)
    let runner = runner(informer)
    informer.cell.set(nil)
    await runner.due([], areLast: true)
    #expect(success(informer) == 0, "who does not lead does not know")
    informer.cell.set(.unlimited)
    await runner.due([])
    #expect(success(informer) == 0, "there may be others")
    await runner.due([], areLast: true)
    #expect(success(informer) == Int(world.time.secondsSince1970))
  }

  /// That nobody is looked at says nothing before all were asked who there is.
  @Test func whatIsNotKnownIsNotInStep() async throws {
    let world = SyncWorld()
    let gate = Gate()
    let process = FakeProcess { call in
      if call == "list tenants" { try? await gate.wait() }
    }
    let stage = InformerStage(process, in: world)
    try await process.called("list tenants")
    #expect(stage.informer.metrics.lastSuccess.with(SyncHalf.tracker.rawValue).value == 0)
    gate.open()
    let success = stage.informer.metrics.lastSuccess.with(SyncHalf.tracker.rawValue)
    for _ in 0..<1_000_000 where success.value == 0 { await Task.yield() }
    #expect(success.value == Int(world.time.secondsSince1970))
    await stage.end()
  }
}
