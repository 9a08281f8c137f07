/// How long to wait after failures that follow each other: twice as long each time, up to a limit, and by chance
/// longer, so that many clients do not come back at once. The times are those of Kubernetes' own clients.
package struct Backoff: Sendable {
  private let initial: Duration
  private let maximum: Duration
  private let forgetsAfter: Duration
  private var base: Duration
  private var last: MonotonicTime?

  /// - Parameters:
  ///   - initial: the least time after a first failure.
  ///   - maximum: the greatest time.
  ///   - forgetsAfter: a failure that comes so long after the one before counts as a first.
  package init(
    initial: Duration = .milliseconds(800), maximum: Duration = .seconds(30), forgetsAfter: Duration = .seconds(120)
  ) {
    self.initial = initial
    self.maximum = maximum
    self.forgetsAfter = forgetsAfter
    base = initial
  }

  /// How long to wait after a failure just now.
  ///
  /// - Parameter random: in 0 ..< 1.
  package mutating func next(at now: MonotonicTime, random: Double) -> Duration {
    if let last, now - last > forgetsAfter { base = initial }
    last = now
    defer { base = min(maximum, base * 2) }
    return min(maximum, base * (1 + random))
  }
}
