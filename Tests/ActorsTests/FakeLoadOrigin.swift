import Actors
import Model
import TestSupport

/// Hands loads in, and keeps what it is told of them.
final class FakeLoadOrigin: LoadOrigin {
  let workExecutor: (any TaskExecutor)?
  private let received = Watched<[(id: RequestID, answer: LoadAnswer)]>([])

  /// - Parameter workExecutor: stands for the thread that loads come from.
  init(workExecutor: (any TaskExecutor)? = nil) {
    self.workExecutor = workExecutor
  }

  /// The answers so far, in the order in which they came.
  var answers: [(id: RequestID, answer: LoadAnswer)] { received.value }

  func loadFinished(_ id: RequestID, _ answer: LoadAnswer) async {
    received.update { $0.append((id, answer)) }
  }

  /// The answer to a load, as soon as it is there.
  func answer(to id: Int = 1) async throws -> LoadAnswer? {
    try await received.wait(for: "the answer to load \(id)") { answers in
      answers.contains { $0.id.number == id }
    }.first { $0.id.number == id }?.answer
  }
}
