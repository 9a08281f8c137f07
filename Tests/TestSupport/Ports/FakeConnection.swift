package import Model

/// A connection without a network, on an executor of its own: a test plays the peer, and sees the answers.
package final class FakeConnection: ConnectionTransport {
  package let executor: any SerialExecutor = QueueExecutor()
  package var workExecutor: (any TaskExecutor)? { nil }

  private let guest: ExecutorGuest
  private let received = Watched<[(id: RequestID, answer: Answer)]>([])

  package init() {
    guest = ExecutorGuest(on: executor)
  }

  /// The answers so far, in the order in which they came.
  package var answers: [(id: RequestID, answer: Answer)] { received.value }

  package func respond(to id: RequestID, with answer: Answer) {
    executor.preconditionIsolated("answers are given on the connection's executor")
    received.update { $0.append((id, answer)) }
  }

  /// Calls the far end of the connection as a transport does: synchronously, on the executor.
  package func perform<Result: Sendable>(_ body: @Sendable () throws -> Result) async rethrows -> Result {
    try await guest.perform(body)
  }

  /// The answer to a request, as soon as it is there.
  package func answer(to id: RequestID) async throws -> Answer? {
    try await received.wait(for: "an answer to request \(id.number)") { answers in
      answers.contains { $0.id == id }
    }.first { $0.id == id }?.answer
  }
}
