import Model
import Synchronization

/// A connection that keeps the answers. The thread that calls is its executor.
final class SandboxTestTransport: ConnectionTransport {
  private let received = Mutex<[RequestID: Answer]>([:])

  let executor: any SerialExecutor = SandboxTestExecutor()
  var workExecutor: (any TaskExecutor)? { nil }

  /// The answers so far.
  var answers: [RequestID: Answer] { received.withLock { $0 } }

  func respond(to id: RequestID, with answer: Answer) {
    received.withLock { $0[id] = answer }
  }
}
