import Model
import TestSupport
import Testing

@testable import Actors

/// Requests that end before they are answered, at every stage.
@Suite struct ConnectionAbortTests {
  /// How a request ends early.
  enum Ending: CaseIterable, Sendable {
    case aborted
    case closed
  }

  private func end(_ ending: Ending, on stage: ConnectionStage) async {
    switch ending {
    case .aborted: await stage.abort()
    case .closed: await stage.close()
    }
  }

  @Test(arguments: Ending.allCases)
  func afterTheHead(ending: Ending) async {
    let stage = ConnectionStage()
    _ = await stage.beginLoad()
    await end(ending, on: stage)
    #expect(await stage.receive(count: 10) == .discard)
    await stage.end(body: [1])
    #expect(stage.statuses.isEmpty)
    #expect(stage.budget.inUse == 0)
    #expect(stage.loads.count == 0)
  }

  @Test(arguments: Ending.allCases)
  func amidTheBody(ending: Ending) async {
    let stage = ConnectionStage()
    _ = await stage.beginLoad()
    _ = await stage.receive(count: 500)
    #expect(stage.budget.inUse == 500)
    await end(ending, on: stage)
    #expect(stage.budget.inUse == 0)
    #expect(await stage.receive(count: 10) == .discard)
    #expect(stage.statuses.isEmpty)
  }

  /// The load goes on: the upstream may have it already. What it holds is held until it ends.
  @Test(arguments: Ending.allCases)
  func whileTheLoadIsInWork(ending: Ending) async throws {
    let stage = ConnectionStage()
    await stage.sendLoad(count: 500)
    await end(ending, on: stage)
    #expect(stage.budget.inUse == 500)
    var load = await stage.nextLoad()
    let (id, origin) = try #require(load.map { ($0.id, $0.origin) })
    await origin.loadFinished(id, .success)
    #expect(stage.statuses.isEmpty)
    #expect(stage.metrics.processingMilliseconds.value.count == 0)
    #expect(stage.budget.inUse == 500)
    load = nil
    #expect(stage.budget.inUse == 0)
  }

  @Test(arguments: Ending.allCases)
  func afterTheAnswer(ending: Ending) async throws {
    let stage = ConnectionStage()
    await stage.sendLoad()
    let load = try #require(await stage.nextLoad())
    await load.origin.loadFinished(load.id, .success)
    await end(ending, on: stage)
    await load.origin.loadFinished(load.id, .success)
    #expect(stage.statuses == [200])
  }

  @Test func anAbortConcernsOneRequest() async throws {
    let stage = ConnectionStage()
    _ = await stage.beginLoad(1)
    _ = await stage.beginLoad(2)
    await stage.abort(1)
    #expect(await stage.receive(2, count: 10) == .collect)
    await stage.end(2, body: [1])
    let load = try #require(await stage.nextLoad())
    await load.origin.loadFinished(load.id, .success)
    #expect(stage.connection.answers.map(\.id.number) == [2])
  }

  /// With a real pool, whatever the upstream is at when the connection goes.
  @Test(arguments: [true, false])
  func aPoolFreesWhatAGoneConnectionHeld(isAnswered: Bool) async throws {
    let pool = try PoolStage()
    let connection = FakeConnection()
    let readiness = Readiness()
    let actor = ConnectionActor(
      transport: connection,
      context: ConnectionContext(
        contentLengthLimit: 1000, budget: pool.budget,
        intake: LoadIntake(loads: pool.mailbox, lanes: pool.lanes, readiness: readiness, metrics: pool.metrics),
        scrapes: Mailbox(capacity: 1), readiness: readiness, time: pool.time))
    let body = SmallLoad.block(["a"])
    await connection.perform {
      _ = actor.requestBegan(RequestID(1), RequestHead(method: "POST", target: "/", contentLength: body.count))
      _ = actor.bodyArrived(RequestID(1), count: body.count)
      actor.requestEnded(RequestID(1), body: body)
    }
    _ = try await pool.upstream.nextRequests()
    if !isAnswered { await connection.perform { actor.connectionClosed() } }
    pool.upstream.complete("a", status: 200)
    await pool.drain()
    #expect(connection.answers.map(\.answer.status) == (isAnswered ? [200] : []))
    #expect(pool.budget.inUse == 0)
  }
}
