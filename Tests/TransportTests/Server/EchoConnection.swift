import Model
import TestSupport

/// The far end of a connection for tests of the server: answers each request with what it was, and
/// keeps a record of all calls.
///
/// What it does follows from the target: `/refuse` is answered at its head, and `/limit` when its body
/// has more than 1000 bytes, both with 413; `/wait` is answered when the gate opens, `/silent` never;
/// the answers to `/large` and, at its head, `/large-at-once` have 8 MiB.
actor EchoConnection: ConnectionHandler {
  nonisolated let unownedExecutor: UnownedSerialExecutor

  private let transport: any ConnectionTransport
  private let events: Watched<[String]>
  private let gate: Gate
  private var heads: [RequestID: RequestHead] = [:]
  private var lengths: [RequestID: Int] = [:]
  /// Those that began and were neither completed nor aborted.
  private var open: Set<RequestID> = []

  init(transport: any ConnectionTransport, events: Watched<[String]>, gate: Gate) {
    unownedExecutor = transport.executor.asUnownedSerialExecutor()
    self.transport = transport
    self.events = events
    self.gate = gate
  }

  nonisolated func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    assumeIsolated { $0.began(id, head) }
  }

  nonisolated func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision {
    assumeIsolated { $0.arrived(id, count) }
  }

  nonisolated func requestEnded(_ id: RequestID, body: SharedBytes) {
    assumeIsolated { $0.ended(id, body) }
  }

  nonisolated func requestAborted(_ id: RequestID) {
    assumeIsolated { connection in
      connection.open.remove(id)
      connection.note("aborted", connection.heads.removeValue(forKey: id))
    }
  }

  nonisolated func requestTimedOut(_ id: RequestID) {
    assumeIsolated { connection in
      connection.open.remove(id)
      connection.note("timed out", connection.heads.removeValue(forKey: id))
      connection.transport.respond(to: id, with: .text(503, "too slow"))
    }
  }

  nonisolated func connectionClosed() {
    assumeIsolated { $0.note("closed", nil) }
  }

  private func began(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    note("began", head)
    open.insert(id)
    if head.path == "/large-at-once" {
      transport.respond(to: id, with: large)
      return .discard
    }
    let isTooLong = head.path == "/limit" && (head.contentLength ?? 0) > 1000
    guard !isTooLong, !head.path.hasPrefix("/refuse") else {
      refuse(id, closing: head.path == "/refuse-and-close")
      return .discard
    }
    heads[id] = head
    return .collect
  }

  private func arrived(_ id: RequestID, _ count: Int) -> BodyDecision {
    lengths[id, default: 0] += count
    guard heads[id]?.path == "/limit", lengths[id, default: 0] > 1000 else { return .collect }
    heads[id] = nil
    refuse(id, closing: false)
    return .discard
  }

  private func ended(_ id: RequestID, _ body: SharedBytes) {
    if open.remove(id) == nil { note("ended what was not open", nil) }
    // One that was refused has had its answer.
    guard let head = heads.removeValue(forKey: id) else { return }
    note("ended", head)
    switch head.path {
    case "/silent": return
    case "/wait": Task { await self.answerAtTheGate(id, head, body) }
    case "/large": transport.respond(to: id, with: large)
    default: answer(id, head, body)
    }
  }

  private func answerAtTheGate(_ id: RequestID, _ head: RequestHead, _ body: SharedBytes) async {
    do {
      try await gate.wait()
      answer(id, head, body)
    } catch {
      note("gate did not open for", head)
    }
  }

  private func answer(_ id: RequestID, _ head: RequestHead, _ body: SharedBytes) {
    let text = String(decoding: body.array, as: UTF8.self)
    transport.respond(to: id, with: .text(200, "\(head.method) \(head.target) \(text)"))
  }

  private var large: Answer { Answer(status: 200, body: [UInt8](repeating: 120, count: 8 << 20)) }

  private func refuse(_ id: RequestID, closing: Bool) {
    var answer = Answer.text(413, "too large")
    answer.closesConnection = closing
    transport.respond(to: id, with: answer)
  }

  private func note(_ event: String, _ head: RequestHead?) {
    let subject = head.map { " \($0.method) \($0.target)" } ?? ""
    events.update { $0.append(event + subject) }
  }
}
