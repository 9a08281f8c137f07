import Model
import Synchronization
import TestSupport

/// A readiness that a test turns by hand.
final class ScriptedReadiness: ReadinessSource {
  private struct State {
    var isReady = true
    var observers: [ReadinessObservation: @Sendable () -> Void] = [:]
    var last = 0
  }

  private let state = Mutex(State())

  /// The same number as ``observers``, to be waited for.
  let observing = Watched(0)

  var isReady: Bool { state.withLock { $0.isReady } }

  /// How many want to be told of changes.
  var observers: Int { state.withLock { $0.observers.count } }

  func set(_ isReady: Bool) {
    let observers = state.withLock { state in
      state.isReady = isReady
      return Array(state.observers.values)
    }
    for observer in observers { observer() }
  }

  func observe(_ changed: @escaping @Sendable () -> Void) -> ReadinessObservation {
    observing.update { $0 += 1 }
    return state.withLock { state in
      state.last += 1
      state.observers[ReadinessObservation(state.last)] = changed
      return ReadinessObservation(state.last)
    }
  }

  func stopObserving(_ observation: ReadinessObservation) {
    state.withLock { $0.observers[observation] = nil }
    observing.update { $0 -= 1 }
  }
}
