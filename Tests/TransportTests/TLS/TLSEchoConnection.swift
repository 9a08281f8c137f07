import Model
import Synchronization
import TestSupport

/// Answers every request at once: with its body, or where there is none with its target.
final class TLSEchoConnection: ConnectionHandler {
  private let transport: any ConnectionTransport
  private let heads: Watched<[RequestHead]>
  private let targets = Mutex<[RequestID: String]>([:])

  init(_ transport: any ConnectionTransport, _ heads: Watched<[RequestHead]>) {
    self.transport = transport
    self.heads = heads
  }

  func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    heads.update { $0.append(head) }
    targets.withLock { $0[id] = head.target }
    return .collect
  }

  func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision { .collect }

  func requestEnded(_ id: RequestID, body: SharedBytes) {
    let target = targets.withLock { $0.removeValue(forKey: id) } ?? ""
    let bytes = body.array
    transport.respond(to: id, with: Answer(status: 200, body: bytes.isEmpty ? Array(target.utf8) : bytes))
  }

  func requestAborted(_ id: RequestID) {}

  func requestTimedOut(_ id: RequestID) {}

  func connectionClosed() {}
}
