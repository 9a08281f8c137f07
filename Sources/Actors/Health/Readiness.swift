package import Model
import Synchronization

/// Whether the process should be sent work, and if not, why. Anybody may state or withdraw a reason.
package final class Readiness: ReadinessSource {
  /// The things that can keep a process from being ready, in the order in which they are reported.
  package enum Concern: String, CaseIterable, Sendable {
    /// The first list of tenants is not there yet.
    case routing
    /// The first list of resources is not there yet.
    case resources
    /// The ruler has not answered yet, or is set up so that nothing may be written to it.
    case ruler
    /// The process is about to end.
    case draining
  }

  private struct State {
    var reasons: [Concern: String] = [:]
    var observers: [ReadinessObservation: @Sendable () -> Void] = [:]
    var lastObservation = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Why the process is not ready, a line each; empty when it is.
  package var obstacles: [String] {
    state.withLock { state in
      Concern.allCases.compactMap { concern in state.reasons[concern].map { "\(concern.rawValue): \($0)" } }
    }
  }

  package var isReady: Bool {
    state.withLock { $0.reasons.isEmpty }
  }

  /// Whether the process is on its way out: it takes no new loads.
  package var isDraining: Bool {
    state.withLock { $0.reasons[.draining] != nil }
  }

  /// States why the process is not ready.
  package func block(_ concern: Concern, _ reason: String) {
    change { $0[concern] = reason }
  }

  /// Withdraws a reason.
  package func clear(_ concern: Concern) {
    change { $0[concern] = nil }
  }

  package func observe(_ changed: @escaping @Sendable () -> Void) -> ReadinessObservation {
    state.withLock { state in
      state.lastObservation += 1
      let observation = ReadinessObservation(state.lastObservation)
      state.observers[observation] = changed
      return observation
    }
  }

  package func stopObserving(_ observation: ReadinessObservation) {
    state.withLock { $0.observers[observation] = nil }
  }

  /// Observers are told outside of the lock, since they read what has changed.
  private func change(_ body: (inout [Concern: String]) -> Void) {
    let observers = state.withLock { state in
      let wasReady = state.reasons.isEmpty
      body(&state.reasons)
      return wasReady == state.reasons.isEmpty ? [] : Array(state.observers.values)
    }
    for changed in observers { changed() }
  }
}
