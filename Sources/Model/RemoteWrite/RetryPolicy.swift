/// When a tenant's request is tried again inside the proxy, and after what time.
package struct RetryPolicy: Sendable, Equatable {
  /// The longest wait before the first retry; each further one may wait twice as long.
  package var initialBackoff: Duration
  /// What the wait never exceeds, unless the upstream asks for more.
  package var maximumBackoff: Duration

  package init(initialBackoff: Duration = .milliseconds(100), maximumBackoff: Duration = .seconds(5)) {
    self.initialBackoff = initialBackoff
    self.maximumBackoff = maximumBackoff
  }

  /// How long to wait before the next try of a request that ended as `result`; `nil` where it is not
  /// to be tried again, or where the deadline would come first.
  ///
  /// An upstream can ask for more than the backoff, not for less: after `Retry-After: 0` a request
  /// would come back as fast as it can be refused.
  ///
  /// - Parameters:
  ///   - attempt: how many tries there were, at least 1.
  ///   - remaining: the time left until the deadline.
  ///   - random: a number in 0 ..< 1 that spreads the waits, so that loads that failed together do not
  ///     come back together.
  package func delay(
    after result: UpstreamResult, attempt: Int, remaining: Duration, random: @autoclosure () -> Double
  ) -> Duration? {
    let wait: Duration
    switch result {
    case .failure(.cancelled):
      return nil
    case .failure:
      wait = backoff(attempt, random())
    case .response(let response) where response.status == 429:
      guard let retryAfter = response.retryAfter else { return nil }
      wait = max(retryAfter, backoff(attempt, random()))
    case .response(let response) where response.status >= 500 || response.status == 408:
      wait = max(response.retryAfter ?? .zero, backoff(attempt, random()))
    case .response:
      return nil
    }
    return wait < remaining ? wait : nil
  }

  /// Between half and all of the exponential step.
  private func backoff(_ attempt: Int, _ random: Double) -> Duration {
    let doublings = min(attempt - 1, 20)
    let step = min(initialBackoff * (1 << doublings), maximumBackoff)
    return step / 2 + step / 2 * random
  }
}
