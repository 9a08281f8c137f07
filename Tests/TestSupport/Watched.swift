import Synchronization

/// A value that other threads change, and that a test waits for without sleeping.
package final class Watched<Value: Sendable>: Sendable {
  private struct Waiter {
    let isSatisfied: @Sendable (Value) -> Bool
    let continuation: CheckedContinuation<Value, any Error>
    let timer: Task<Void, any Error>
  }

  private struct State {
    var value: Value
    var waiters: [Int: Waiter] = [:]
    var lastNumber = 0
  }

  private let state: Mutex<State>

  package init(_ value: Value) {
    state = Mutex(State(value: value))
  }

  /// The value as it is now.
  package var value: Value {
    state.withLock { $0.value }
  }

  /// Changes the value. Whoever waits for what it is then goes on.
  @discardableResult
  package func update<Result: Sendable, Failure: Error>(
    _ change: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try state.withLock { state throws(Failure) in
      let result = try change(&state.value)
      for (number, waiter) in state.waiters where waiter.isSatisfied(state.value) {
        state.waiters[number] = nil
        waiter.timer.cancel()
        waiter.continuation.resume(returning: state.value)
      }
      return result
    }
  }

  /// Returns the value as soon as it satisfies a condition.
  ///
  /// - Parameters:
  ///   - what: What is waited for, for the error.
  ///   - limit: How long to wait.
  ///   - isSatisfied: The condition. It is called under a lock, and may not touch this value.
  /// - Throws: `DeadlineExceeded`, or `CancellationError`.
  @discardableResult
  package func wait(
    for what: String, within limit: Duration = .seconds(60), until isSatisfied: @escaping @Sendable (Value) -> Bool
  ) async throws -> Value {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { state in
          if isSatisfied(state.value) { return continuation.resume(returning: state.value) }
          // The handler below has found no waiter if it ran before this one was there.
          if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
          // Nobody waits for this sleep: it only ends a test that would otherwise hang.
          let timer = Task {
            try await Task.sleep(for: limit)
            self.fail(number) { DeadlineExceeded(what: what, limit: limit, state: String(describing: $0)) }
          }
          state.waiters[number] = Waiter(isSatisfied: isSatisfied, continuation: continuation, timer: timer)
        }
      }
    } onCancel: {
      fail(number) { _ in CancellationError() }
    }
  }

  private func fail(_ number: Int, error: (Value) -> any Error) {
    state.withLock { state in
      guard let waiter = state.waiters.removeValue(forKey: number) else { return }
      waiter.timer.cancel()
      waiter.continuation.resume(throwing: error(state.value))
    }
  }
}
