import Model

/// When each tenant is looked at: never twice at a time, a few tenants at a time, those that something has changed for
/// before the others.
///
/// A tenant whose passes fail waits longer and longer. All such tenants together get half of the places at most, so
/// that their timeouts hold up nobody else. Time and chance come in as parameters.
struct PassSchedule: ~Copyable {
  /// What has to be done.
  enum Action: Equatable {
    /// Begin a pass, to be reported by ``PassSchedule/ended(_:_:now:random:)``.
    case start(TenantID)
    /// Report by ``PassSchedule/pauseEnded(_:)`` at a later time.
    case pause(Pause)
  }

  /// A tenant's wait after a failure.
  struct Pause: Equatable {
    let tenant: TenantID
    let until: MonotonicTime
    fileprivate let number: Int
  }

  private enum State {
    case queued
    case running(requestedAgain: Bool)
    /// Until the pause of this number ends.
    case pausing(number: Int, isFirm: Bool)
  }

  private let parallelism: Int
  private let backoff: PassBackoff
  /// Only the tenants that are not at rest.
  private var states: [TenantID: State] = [:]
  /// How often a tenant's passes have failed in a row.
  private var failures: [TenantID: Int] = [:]
  private var urgent: [TenantID] = []
  private var others: [TenantID] = []
  private var running = 0
  private var runningSuspects = 0
  private var suspects: Set<TenantID> = []
  private var lastPause = 0

  /// - Parameter parallelism: how many passes may run at a time, at least 1.
  init(parallelism: Int, backoff: PassBackoff) {
    precondition(parallelism > 0)
    self.parallelism = parallelism
    self.backoff = backoff
  }
}
