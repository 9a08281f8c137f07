import Model

/// Lets so much through in so much time.
struct SandboxTokenBucket: Sendable {
  private let rate: SandboxIngestionRate
  private var tokens: Double
  private var updated: MonotonicTime

  /// A full bucket.
  init(_ rate: SandboxIngestionRate, at now: MonotonicTime) {
    self.rate = rate
    tokens = Double(rate.burst)
    updated = now
  }

  /// Takes `count` tokens where there are as many; else takes none and returns `false`.
  mutating func take(_ count: Int, at now: MonotonicTime) -> Bool {
    let gained = max(0, (now - updated).inSeconds) * Double(rate.perSecond)
    tokens = min(Double(rate.burst), tokens + gained)
    updated = max(updated, now)
    guard Double(count) <= tokens else { return false }
    tokens -= Double(count)
    return true
  }
}
