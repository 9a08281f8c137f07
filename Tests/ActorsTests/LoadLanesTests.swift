import Model
import TestSupport
import Testing

@testable import Actors

@Suite(.timeLimit(.minutes(1))) struct LoadLanesTests {
  private let lanes = LoadLanes()
  private let mailbox = Mailbox<Load>(capacity: 10)
  private let thread = StepExecutor()

  private func load(from thread: (any TaskExecutor)?) -> Load {
    Load(
      id: RequestID(1), body: SmallLoad.block(["a"]), retryAttempt: nil, received: MonotonicTime(nanoseconds: 0),
      reservation: Reservation(of: ByteBudget(limit: 1 << 20)), origin: FakeLoadOrigin(workExecutor: thread))
  }

  /// The next load of a stream, which must be there.
  private func next(of loads: AsyncStream<Load>) async throws -> Load {
    var loads = loads.makeAsyncIterator()
    return try #require(await loads.next())
  }

  @Test func aThreadHasOneLane() {
    #expect(lanes.open(thread) != nil)
    #expect(lanes.open(thread) == nil)
    #expect(lanes.open(StepExecutor()) != nil)
    #expect(lanes.open(nil) == nil)
  }

  @Test func aLoadTakesTheLaneOfItsThread() async throws {
    let lane = try #require(lanes.open(thread))
    #expect(lanes.offer(load(from: thread), to: mailbox))
    let load = try await next(of: lane.loads)
    #expect(load.place?.lane === lane)
    #expect(mailbox.count == 1)
  }

  @Test(arguments: [true, false])
  func withoutAnOpenLaneALoadGoesToThePool(hasThread: Bool) async throws {
    _ = lanes.open(StepExecutor())
    #expect(lanes.offer(load(from: hasThread ? thread : nil), to: mailbox))
    #expect(try await next(of: mailbox.messages).place == nil)
  }

  /// By loads of half a millisecond each: four may keep a thread, and a fifth goes to the pool until one of them is split.
  @Test func aLaneTakesAsManyLoadsAsItsThreadCanBeKeptBy() async throws {
    let lane = try #require(lanes.open(thread))
    lanes.split(load(from: nil), took: .microseconds(500))
    for _ in 1...4 { #expect(lanes.offer(load(from: thread), to: mailbox)) }
    let first = try await next(of: lane.loads)
    #expect(lanes.offer(load(from: thread), to: mailbox))
    #expect(try await next(of: mailbox.messages).place == nil)
    lanes.split(first, took: .microseconds(500))
    #expect(lanes.offer(load(from: thread), to: mailbox))
    for _ in 2...5 { #expect(try await next(of: lane.loads).place != nil) }
  }

  @Test func aLongLoadGoesToThePool() async throws {
    _ = lanes.open(thread)
    lanes.split(load(from: nil), took: .microseconds(2001))
    #expect(lanes.offer(load(from: thread), to: mailbox))
    #expect(try await next(of: mailbox.messages).place == nil)
  }

  /// The permits are the mailbox's, and a place that was taken for nothing is given back.
  @Test func aLoadThatFindsNoPermitIsRefused() async throws {
    let mailbox = Mailbox<Load>(capacity: 1)
    let lane = try #require(lanes.open(thread))
    lanes.split(load(from: nil), took: .microseconds(2000))
    #expect(mailbox.offer(load(from: nil)))
    #expect(!lanes.offer(load(from: thread), to: mailbox))
    mailbox.release()
    #expect(lanes.offer(load(from: thread), to: mailbox))
    #expect(try await next(of: lane.loads).place != nil)
  }

  @Test func aClosedLaneTakesNothing() async throws {
    let lane = try #require(lanes.open(thread))
    #expect(lanes.offer(load(from: thread), to: mailbox))
    lanes.close()
    #expect(!lanes.offer(load(from: thread), to: mailbox))
    #expect(mailbox.count == 1)
    var count = 0
    for await _ in lane.loads { count += 1 }
    #expect(count == 1)
  }

  // MARK: In the pool

  /// The first load of a thread is the pool's, and opens the lane. From then on nothing of a load happens anywhere else.
  @Test func thePoolSplitsLoadsOnTheirThread() async throws {
    let stage = try PoolStage(origin: FakeLoadOrigin(workExecutor: thread))
    stage.offer(1, tenants: ["a"])
    _ = try await stage.upstream.nextRequests()
    stage.upstream.complete("a", status: 200)
    #expect(try await stage.origin.answer(to: 1)?.status == 200)

    try await thread.step()
    stage.offer(2, tenants: ["b"])
    #expect(stage.upstream.requests.count == 1)
    try await thread.step()
    #expect(stage.upstream.requests.map(\.tenant.name) == ["a", "b"])
    stage.upstream.complete("b", status: 200)
    #expect(stage.origin.answers.count == 1)
    try await thread.step()
    #expect(stage.origin.answers.map(\.id.number) == [1, 2])
    #expect(stage.mailbox.count == 0)

    stage.mailbox.close()
    try await thread.step()
    await stage.ended()
    #expect(!stage.offer(3, tenants: ["c"]))
  }

  /// Loads in a lane are told of their end like any others.
  @Test func loadsInALaneAreGivenUpWithThePool() async throws {
    let stage = try PoolStage(origin: FakeLoadOrigin(workExecutor: thread))
    stage.offer(1, tenants: ["a"])
    _ = try await stage.upstream.nextRequests()
    try await thread.step()
    stage.offer(2, tenants: ["b"])
    try await thread.step()
    stage.cancel()
    while stage.origin.answers.count < 2 || !thread.isIdle {
      if !thread.isIdle { try await thread.step() } else { await Task.yield() }
    }
    #expect(try await stage.origin.answer(to: 2)?.status == 503)
    #expect(stage.mailbox.count == 0)
  }
}
