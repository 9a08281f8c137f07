import Synchronization

/// Passes the newest value on to everybody who listens. Each value replaces the one before: who is slow misses some,
/// and nobody holds up anybody else.
package final class Broadcast<Value: Sendable>: Sendable {
  private struct State {
    var newest: Value?
    var listeners: [Int: AsyncStream<Value>.Continuation] = [:]
    var lastNumber = 0
    var isFinished = false
  }

  private let state = Mutex(State())

  /// The numbers of listeners that have ended, to be removed with the next change.
  ///
  /// A stream ends under the lock of the task that reads it where that is cancelled, and a value is passed on under
  /// ``state``, which asks for that lock: whoever asks for ``state`` at the end would wait for ever.
  private let ended = Mutex<[Int]>([])

  package init() {}

  deinit {
    finish()
  }

  /// The value that was sent last; `nil` before the first.
  package var newest: Value? {
    state.withLock { $0.newest }
  }

  /// Passes a value on.
  package func send(_ value: Value) {
    // Under the lock, so that everybody sees values in the order in which they were sent.
    state.withLock { state in
      removeEnded(&state)
      state.newest = value
      for listener in state.listeners.values { listener.yield(value) }
    }
  }

  /// The values from now on, beginning with the newest one where there is one. Ends when this is finished, or when
  /// the task that reads it is cancelled.
  package func values() -> AsyncStream<Value> {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      removeEnded(&state)
      state.lastNumber += 1
      if let newest = state.newest { continuation.yield(newest) }
      if !state.isFinished { state.listeners[state.lastNumber] = continuation }
      return state.isFinished ? nil : state.lastNumber
    }
    guard let number else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in self?.ended.withLock { $0.append(number) } }
    return stream
  }

  /// Ends all streams, once they have delivered what they hold.
  package func finish() {
    let listeners = state.withLock { state in
      state.isFinished = true
      defer { state.listeners = [:] }
      return state.listeners
    }
    // Not under the lock: the end of a stream calls back.
    for listener in listeners.values { listener.finish() }
  }

  private func removeEnded(_ state: inout State) {
    let numbers = ended.withLock { numbers in
      defer { numbers = [] }
      return numbers
    }
    for number in numbers { state.listeners[number] = nil }
  }
}
