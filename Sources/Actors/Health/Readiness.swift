import Synchronization

/// Whether the process should be sent work, and if not, why. Anybody may state or withdraw a reason.
package final class Readiness: Sendable {
  /// The things that can keep a process from being ready, in the order in which they are reported.
  package enum Concern: String, CaseIterable, Sendable {
    /// The first list of tenants is not there yet.
    case routing
    /// The process is about to end.
    case draining
  }

  private let reasons = Mutex<[Concern: String]>([:])

  package init() {}

  /// Why the process is not ready, a line each; empty when it is.
  package var obstacles: [String] {
    reasons.withLock { reasons in
      Concern.allCases.compactMap { concern in reasons[concern].map { "\(concern.rawValue): \($0)" } }
    }
  }

  /// Whether the process is on its way out: it takes no new loads.
  package var isDraining: Bool {
    reasons.withLock { $0[.draining] != nil }
  }

  /// States why the process is not ready.
  package func block(_ concern: Concern, _ reason: String) {
    reasons.withLock { $0[concern] = reason }
  }

  /// Withdraws a reason.
  package func clear(_ concern: Concern) {
    reasons.withLock { $0[concern] = nil }
  }
}
