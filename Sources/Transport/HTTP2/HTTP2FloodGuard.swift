internal import Model

/// Tells a peer that works from one that floods.
///
/// Every frame without a request in it costs a token, a reset ten: each of them makes the server open
/// and close a stream for nothing. Tokens come back with time and with requests that were completed, so
/// that a busy peer may send as many of them as its work needs.
struct HTTP2FloodGuard {
  private static let resetCost = 10
  private static let requestCredit = 16

  private let burst: Int
  private let perSecond: Int
  private var tokens: Int
  private var refilled: MonotonicTime

  init(_ limits: HTTP2Limits, now: MonotonicTime) {
    burst = limits.controlFrameBurst
    perSecond = limits.controlFramesPerSecond
    tokens = burst
    refilled = now
  }

  /// The peer sent such a frame.
  ///
  /// - Returns: whether that is still all right.
  mutating func allows(_ frame: HTTP2ControlFrame, now: MonotonicTime) -> Bool {
    refill(now)
    tokens -= frame == .reset ? Self.resetCost : 1
    return tokens >= 0
  }

  /// A request of the peer was completed.
  mutating func requestCompleted() {
    tokens = min(burst, tokens + Self.requestCredit)
  }

  private mutating func refill(_ now: MonotonicTime) {
    let earned = Int((now - refilled).inSeconds * Double(perSecond))
    // Only the time that has earned whole tokens is used up.
    guard earned > 0 else { return }
    tokens = min(burst, tokens + earned)
    refilled = tokens == burst ? now : refilled + .seconds(Double(earned) / Double(perSecond))
  }
}
