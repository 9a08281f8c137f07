import Model
import TestSupport

@testable import Actors

/// A connection of the proxy whose peer, and whose pool, are the test's.
final class ConnectionStage: Sendable {
  let connection = FakeConnection()
  let time = ManualTime()
  let readiness = Readiness()
  let metrics = ProxyMetrics()
  let budget: ByteBudget
  let loads: Mailbox<Load>
  let scrapes: Mailbox<Scrape>
  let actor: ConnectionActor

  init(contentLengthLimit: Int = 1000, budgetLimit: Int = 10_000, loadCapacity: Int = 10, scrapeCapacity: Int = 10) {
    budget = ByteBudget(limit: budgetLimit)
    loads = Mailbox(capacity: loadCapacity)
    scrapes = Mailbox(capacity: scrapeCapacity)
    actor = ConnectionActor(
      transport: connection,
      context: ConnectionContext(
        contentLengthLimit: contentLengthLimit, budget: budget,
        intake: LoadIntake(loads: loads, lanes: LoadLanes(), readiness: readiness, metrics: metrics),
        scrapes: scrapes,
        readiness: readiness, time: time))
  }

  // MARK: The transport's side

  func begin(_ id: Int = 1, _ head: RequestHead) async -> BodyDecision {
    await connection.perform { [actor] in actor.requestBegan(RequestID(id), head) }
  }

  /// Begins a load.
  ///
  /// - Parameter length: as the head says it; `nil` where the body comes in chunks.
  func beginLoad(_ id: Int = 1, length: Int? = nil, fields: HeaderFields = [:]) async -> BodyDecision {
    await begin(id, RequestHead(method: "POST", target: "/api/v1/push", fields: fields, contentLength: length))
  }

  func receive(_ id: Int = 1, count: Int) async -> BodyDecision {
    await connection.perform { [actor] in actor.bodyArrived(RequestID(id), count: count) }
  }

  func end(_ id: Int = 1, body: [UInt8] = []) async {
    await connection.perform { [actor] in actor.requestEnded(RequestID(id), body: SharedBytes(body)) }
  }

  func abort(_ id: Int = 1) async {
    await connection.perform { [actor] in actor.requestAborted(RequestID(id)) }
  }

  func timeOut(_ id: Int = 1) async {
    await connection.perform { [actor] in actor.requestTimedOut(RequestID(id)) }
  }

  func close() async {
    await connection.perform { [actor] in actor.connectionClosed() }
  }

  /// A whole load of that many bytes.
  func sendLoad(_ id: Int = 1, count: Int = 100, fields: HeaderFields = [:]) async {
    _ = await beginLoad(id, length: count, fields: fields)
    _ = await receive(id, count: count)
    await end(id, body: Array(repeating: 7, count: count))
  }

  /// A whole request without a body.
  func get(_ target: String, id: Int = 1, fields: HeaderFields = [:]) async -> BodyDecision {
    let decision = await begin(id, RequestHead(method: "GET", target: target, fields: fields))
    await end(id)
    return decision
  }

  // MARK: The pool's side

  /// The next load that was handed over.
  func nextLoad() async -> Load? {
    var messages = loads.messages.makeAsyncIterator()
    return await messages.next()
  }

  /// The next scrape that was handed over.
  func nextScrape() async -> Scrape? {
    var messages = scrapes.messages.makeAsyncIterator()
    return await messages.next()
  }

  // MARK: What was answered

  /// The statuses of all answers so far, in their order.
  var statuses: [Int] { connection.answers.map(\.answer.status) }

  /// The last answer's body.
  var text: String? {
    connection.answers.last.map { String(decoding: $0.answer.body, as: UTF8.self) }
  }

  /// The answer to a request, as soon as it is there.
  func answer(to id: Int = 1) async throws -> Answer? {
    try await connection.answer(to: RequestID(id))
  }
}
