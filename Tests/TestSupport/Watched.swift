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
    let (result, value, woken) = try state.withLock { state throws(Failure) in
      let result = try change(&state.value)
      let woken = state.waiters.filter { $0.value.isSatisfied(state.value) }
      for number in woken.keys { state.waiters[number] = nil }
      return (result, state.value, woken.values)
    }
    // Not under the lock: it takes that of the task, under which a cancelled one asks for this one.
    for waiter in woken {
      waiter.timer.cancel()
      waiter.continuation.resume(returning: value)
    }
    return result
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
        let result: Result<Value, any Error>? = state.withLock { state in
          if isSatisfied(state.value) { return .success(state.value) }
          // The handler below has found no waiter if it ran before this one was there.
          if Task.isCancelled { return .failure(CancellationError()) }
          // Nobody waits for this sleep: it only ends a test that would otherwise hang.
          let timer = Task {
            try await Task.sleep(for: limit)
            self.fail(number) { DeadlineExceeded(what: what, limit: limit, state: String(describing: $0)) }
          }
          state.waiters[number] = Waiter(isSatisfied: isSatisfied, continuation: continuation, timer: timer)
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      fail(number) { _ in CancellationError() }
    }
  }

  private func fail(_ number: Int, error: (Value) -> any Error) {
    let (waiter, value) = state.withLock { state in (state.waiters.removeValue(forKey: number), state.value) }
    guard let waiter else { return }
    waiter.timer.cancel()
    waiter.continuation.resume(throwing: error(value))
  }
}
