import Synchronization

/// The end of a delivery, for the one task that waits for it.
///
/// A stream of events ends when the task that reads it is cancelled. This does not: what was given up
/// is over only when the upstream has said so.
final class DeliveryEnd: Sendable {
  private enum State {
    case ahead
    case awaited(CheckedContinuation<Void, Never>)
    case reached
  }

  private let state = Mutex(State.ahead)

  /// The end is there. To be called at least once.
  func reach() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state = .reached }
      guard case .awaited(let waiter) = state else { return nil }
      return waiter
    }
    waiter?.resume()
  }

  /// Returns when the end is there, whether the task is cancelled or not.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        if case .reached = state { return true }
        state = .awaited(continuation)
        return false
      }
      if isReached { continuation.resume() }
    }
  }
}
