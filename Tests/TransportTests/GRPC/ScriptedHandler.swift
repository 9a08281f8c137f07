import Model

@testable import Transport

/// Notes what it is told, and answers at once where it is told to.
final class ScriptedHandler: ConnectionHandler, @unchecked Sendable {
  // @unchecked Sendable: used by one test, on one thread.
  private(set) var events: [String] = []
  /// The answer that every request gets when it begins.
  var answer: Answer?
  /// Where that answer goes.
  weak var stream: GRPCStream?

  func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    events.append("began \(id.number)")
    guard let answer else { return .collect }
    stream?.respond(answer)
    return .discard
  }

  func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision {
    events.append("body \(count)")
    return .collect
  }

  func requestEnded(_ id: RequestID, body: SharedBytes) {
    events.append("ended \(body.array)")
  }

  func requestAborted(_ id: RequestID) {
    events.append("aborted")
  }

  func requestTimedOut(_ id: RequestID) {
    events.append("timed out")
  }

  func connectionClosed() {
    events.append("closed")
  }
}
