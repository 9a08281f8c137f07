import Model

/// The delivery of one load: which tenants' requests are sent, tried again, or done.
///
/// Every input returns what has to be done because of it. Time and chance come in as parameters.
///
/// A tenant's request is `waiting` until one of the load's parallel places is free, then `sent`. When it
/// fails in a way that trying again may mend, and there is time, it is `pausing` (and holds no place)
/// and then `waiting` again. It ends as `done`, and the load ends with its last tenant.
struct DeliveryStateMachine: ~Copyable {
  /// What has to be done.
  struct Actions: Equatable {
    /// Requests to send now: the index of the tenant, and how long the request may take.
    var sends: [Send] = []
    /// Tenants to be reported by ``DeliveryStateMachine/pauseEnded(_:now:)`` at a later time.
    var pauses: [Pause] = []
    /// Whether the load has ended.
    var isFinished = false

    struct Send: Equatable {
      var index: Int
      var timeout: Duration
      /// Whether the request was sent before, and failed.
      var isRetry: Bool
    }

    struct Pause: Equatable {
      var index: Int
      var until: MonotonicTime
    }
  }

  private enum State {
    case waiting
    case sent
    case pausing
    case done(UpstreamResult)
  }

  private struct Tenant {
    var state = State.waiting
    var attempts = 0
    /// How the last try ended; counts if there is no further one.
    var lastResult = UpstreamResult.failure(.timeout)
  }

  /// Whether the load was given up.
  private(set) var isCancelled = false

  private let deadline: MonotonicTime
  private let retries: RetryPolicy
  private let parallelism: Int
  private var tenants: [Tenant]
  /// The tenants that wait for a place, first come first served: all from `nextFresh` on, after those in
  /// `returned`, which have been tried before.
  private var nextFresh = 0
  private var returned: [Int] = []
  private var inFlight = 0
  private var unfinished: Int

  /// - Parameters:
  ///   - count: the number of tenants, at least 1.
  ///   - parallelism: how many requests may be on their way at a time, at least 1.
  ///   - deadline: when the load has to be over.
  init(count: Int, parallelism: Int, deadline: MonotonicTime, retries: RetryPolicy) {
    precondition(count > 0 && parallelism > 0)
    self.deadline = deadline
    self.retries = retries
    self.parallelism = parallelism
    tenants = Array(repeating: Tenant(), count: count)
    unfinished = count
  }

  /// How every tenant's last request ended. Complete when the load is finished.
  var results: [UpstreamResult] {
    tenants.map { tenant in
      guard case .done(let result) = tenant.state else { return tenant.lastResult }
      return result
    }
  }

  /// The load begins.
  mutating func start(now: MonotonicTime) -> Actions {
    fillPlaces(now: now)
  }

  /// A request has ended.
  ///
  /// - Parameter random: a number in 0 ..< 1, drawn only where the request is tried again: drawing is a call of the
  ///   system.
  mutating func completed(
    _ index: Int, _ result: UpstreamResult, now: MonotonicTime, random: @autoclosure () -> Double
  ) -> Actions {
    guard case .sent = tenants[index].state else {
      preconditionFailure("a request was completed that was not on its way")
    }
    inFlight -= 1
    let result = telling(result, after: tenants[index].lastResult)
    tenants[index].lastResult = result
    let delay =
      isCancelled
      ? nil
      : retries.delay(
        after: result, attempt: tenants[index].attempts, remaining: deadline - now, random: random())
    guard let delay else {
      finish(index, result)
      return fillPlaces(now: now)
    }
    tenants[index].state = .pausing
    var actions = fillPlaces(now: now)
    actions.pauses.append(Actions.Pause(index: index, until: now + delay))
    return actions
  }

  /// The last try may have had next to no time. That it ran out says less than a 503 before it.
  private func telling(_ result: UpstreamResult, after last: UpstreamResult) -> UpstreamResult {
    guard result == .failure(.timeout), case .response(let response) = last, response.status >= 500 else {
      return result
    }
    return last
  }

  /// A tenant's pause before the next try is over.
  mutating func pauseEnded(_ index: Int, now: MonotonicTime) -> Actions {
    // A load that was cancelled has ended its pauses already.
    guard case .pausing = tenants[index].state else { return Actions() }
    tenants[index].state = .waiting
    returned.append(index)
    return fillPlaces(now: now)
  }

  /// The load is given up: nothing more is sent. Requests on their way still have to be reported.
  mutating func cancel() -> Actions {
    guard !isCancelled else { return Actions() }
    isCancelled = true
    for index in tenants.indices {
      switch tenants[index].state {
      case .waiting, .pausing: finish(index, .failure(.cancelled))
      case .sent, .done: break
      }
    }
    return Actions(isFinished: unfinished == 0)
  }

  private mutating func finish(_ index: Int, _ result: UpstreamResult) {
    tenants[index].state = .done(result)
    unfinished -= 1
  }

  private mutating func fillPlaces(now: MonotonicTime) -> Actions {
    var actions = Actions()
    let timeout = deadline - now
    while inFlight < parallelism, let index = nextWaiting() {
      guard timeout > .zero else {
        finish(index, tenants[index].lastResult)
        continue
      }
      actions.sends.append(Actions.Send(index: index, timeout: timeout, isRetry: tenants[index].attempts > 0))
      tenants[index].state = .sent
      tenants[index].attempts += 1
      inFlight += 1
    }
    actions.isFinished = unfinished == 0
    return actions
  }

  private mutating func nextWaiting() -> Int? {
    guard !isCancelled else { return nil }
    if !returned.isEmpty { return returned.removeFirst() }
    guard nextFresh < tenants.count else { return nil }
    defer { nextFresh += 1 }
    return nextFresh
  }
}
