/// Spaces what must not come too often: so many at once after a pause, and then so many a second.
package struct TokenBucket: Sendable {
  private let perSecond: Double
  private let burst: Double
  private var tokens: Double
  private var updated: MonotonicTime

  /// A full bucket.
  ///
  /// - Precondition: both rates are above 0.
  package init(perSecond: Double, burst: Int, at now: MonotonicTime) {
    precondition(perSecond > 0 && burst > 0, "nothing would ever come through")
    self.perSecond = perSecond
    self.burst = Double(burst)
    tokens = Double(burst)
    updated = now
  }

  /// Lets one through.
  ///
  /// - Returns: how long it has to wait. Its place is taken already: those that come later wait longer.
  package mutating func reserve(at now: MonotonicTime) -> Duration {
    refill(at: now)
    tokens -= 1
    return tokens >= 0 ? .zero : .nanoseconds(Int64((-tokens / perSecond * 1e9).rounded(.up)))
  }

  /// - Returns: whether one may come through now. One that may not has taken nothing.
  package mutating func take(at now: MonotonicTime) -> Bool {
    refill(at: now)
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }

  private mutating func refill(at now: MonotonicTime) {
    tokens = min(burst, tokens + max(0, (now - updated).inSeconds) * perSecond)
    updated = max(updated, now)
  }
}
