import Model

/// When each tenant is looked at: never twice at a time, a few tenants at a time, and those that something has changed
/// for before the others.
///
/// A tenant whose passes fail waits longer and longer. All such tenants together get half of the places, so that their
/// timeouts hold up nobody else. Time and chance come in as parameters.
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
    case running(requestedAgain: Bool, isSuspect: Bool)
    /// Until the pause of this number ends. One that somebody has asked for is not cut short.
    case pausing(number: Int, isAskedFor: Bool)
  }

  private let parallelism: Int
  private let backoff: PassBackoff
  /// The tenants that are not at rest.
  private var states: [TenantID: State] = [:]
  /// How often a tenant's last passes have failed in a row.
  private var failures: [TenantID: Int] = [:]
  private var urgent: [TenantID] = []
  private var others: [TenantID] = []
  private var running = 0
  private var runningSuspects = 0
  private var lastPause = 0

  /// - Parameter parallelism: how many passes may run at a time, at least 1.
  init(parallelism: Int, backoff: PassBackoff) {
    precondition(parallelism > 0)
    self.parallelism = parallelism
    self.backoff = backoff
  }

  /// Something has changed for these tenants. A wait after a failure is cut short: it may be what mends it.
  mutating func changed(_ tenants: some Sequence<TenantID>) -> [Action] {
    for tenant in tenants {
      switch states[tenant] {
      case .queued:
        guard let place = others.firstIndex(of: tenant) else { continue }
        others.remove(at: place)
        urgent.append(tenant)
      case .running(_, let isSuspect): states[tenant] = .running(requestedAgain: true, isSuspect: isSuspect)
      case .pausing(_, isAskedFor: true): continue
      case .pausing(_, isAskedFor: false), nil:
        states[tenant] = .queued
        urgent.append(tenant)
      }
    }
    return fillPlaces()
  }

  /// It is time to look at these tenants again. Those that are about to be looked at, or have just been, need not be.
  mutating func due(_ tenants: some Sequence<TenantID>) -> [Action] {
    for tenant in tenants where states[tenant] == nil {
      states[tenant] = .queued
      others.append(tenant)
    }
    return fillPlaces()
  }

  /// A pass is over.
  mutating func ended(_ tenant: TenantID, _ end: PassEnd, now: MonotonicTime, random: Double) -> [Action] {
    guard case .running(let requestedAgain, let isSuspect) = states[tenant] else {
      preconditionFailure("a pass ended that was not under way")
    }
    running -= 1
    if isSuspect { runningSuspects -= 1 }
    if case .failed(let retryAfter) = end {
      return [pause(tenant, retryAfter, now: now, random: random)] + fillPlaces()
    }
    failures[tenant] = nil
    if end == .unfinished || requestedAgain && end == .done {
      states[tenant] = .queued
      if requestedAgain { urgent.append(tenant) } else { others.append(tenant) }
    } else {
      states[tenant] = nil
    }
    return fillPlaces()
  }

  /// A pause is over.
  mutating func pauseEnded(_ pause: Pause) -> [Action] {
    // One that was cut short is of no interest any more.
    guard case .pausing(pause.number, _) = states[pause.tenant] else { return [] }
    states[pause.tenant] = .queued
    others.append(pause.tenant)
    return fillPlaces()
  }

  /// Nobody is to be looked at any more, until somebody asks again. Passes under way still have to be reported.
  mutating func stop() {
    urgent = []
    others = []
    failures = [:]
    states = states.compactMapValues { state in
      guard case .running(_, let isSuspect) = state else { return nil }
      return .running(requestedAgain: false, isSuspect: isSuspect)
    }
  }

  private mutating func pause(
    _ tenant: TenantID, _ retryAfter: Duration?, now: MonotonicTime, random: Double
  ) -> Action {
    let count = failures[tenant, default: 0] + 1
    failures[tenant] = count
    lastPause += 1
    states[tenant] = .pausing(number: lastPause, isAskedFor: retryAfter != nil)
    let wait = max(backoff.delay(failures: count, random: random), retryAfter ?? .zero)
    return .pause(Pause(tenant: tenant, until: now + wait, number: lastPause))
  }

  private mutating func fillPlaces() -> [Action] {
    var actions: [Action] = []
    while running < parallelism, let tenant = next() {
      let isSuspect = failures[tenant] != nil
      states[tenant] = .running(requestedAgain: false, isSuspect: isSuspect)
      running += 1
      if isSuspect { runningSuspects += 1 }
      actions.append(.start(tenant))
    }
    return actions
  }

  private mutating func next() -> TenantID? {
    let suspectsMayStart = runningSuspects < max(1, parallelism / 2)
    func mayStart(_ tenant: TenantID, _ failures: [TenantID: Int]) -> Bool {
      suspectsMayStart || failures[tenant] == nil
    }
    let failures = failures
    if let place = urgent.firstIndex(where: { mayStart($0, failures) }) { return urgent.remove(at: place) }
    if let place = others.firstIndex(where: { mayStart($0, failures) }) { return others.remove(at: place) }
    return nil
  }
}
