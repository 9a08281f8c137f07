import Synchronization

/// What happens to a delivery, for the one task that runs it.
///
/// A stream of events ends when the task that reads it is cancelled. This does not: what was given up is over only when
/// the upstream has said so. Nearly every delivery has no event but its end.
final class DeliveryEvents: Sendable {
  typealias Pause = DeliveryStateMachine.Actions.Pause

  private struct State {
    var pauses: [Pause] = []
    var hasEnded = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// There are pauses to be waited for.
  func add(_ pauses: [Pause]) {
    change { $0.pauses += pauses }
  }

  /// The delivery has ended.
  func end() {
    change { $0.hasEnded = true }
  }

  /// Returns what there is to be waited for, as soon as there is something; `nil` at the end.
  func next() async -> [Pause]? {
    while true {
      let (pauses, hasEnded) = state.withLock { state in
        defer { state.pauses = [] }
        return (state.pauses, state.hasEnded)
      }
      if !pauses.isEmpty { return pauses }
      if hasEnded { return nil }
      await changed()
    }
  }

  private func changed() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        guard state.pauses.isEmpty, !state.hasEnded else { return false }
        state.waiter = continuation
        return true
      }
      if !isIdle { continuation.resume() }
    }
  }

  private func change(_ body: (inout sending State) -> Void) {
    let waiter = state.withLock { state in
      body(&state)
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
