internal import Model

/// Tells a peer that works from one that floods.
///
/// Every frame without a request in it costs a token. A reset costs ten, and so does what makes the
/// server reset a stream: each of them makes the server open and close a stream for nothing. Tokens come
/// back with time, with requests that were answered and with the frames of the answers, so that a busy
/// peer may send as many of them as its work needs.
struct HTTP2FloodGuard {
  private static let resetCost = 10
  private static let requestCredit = 16
  /// A thrifty peer pays for every frame of an answer with two window updates.
  private static let answerCredit = 2

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
    tokens -= frame == .reset || frame == .fault ? Self.resetCost : 1
    return tokens >= 0
  }

  /// A request of the peer was answered to its end.
  mutating func requestAnswered() {
    earn(Self.requestCredit)
  }

  /// So many frames of answers were sent.
  mutating func answersSent(frames: Int) {
    earn(frames * Self.answerCredit)
  }

  private mutating func earn(_ count: Int) {
    tokens = min(burst, tokens + count)
  }

  private mutating func refill(_ now: MonotonicTime) {
    let earned = Int((now - refilled).inSeconds * Double(perSecond))
    // Only the time that has earned whole tokens is used up.
    guard earned > 0 else { return }
    earn(earned)
    refilled = tokens == burst ? now : refilled + .seconds(Double(earned) / Double(perSecond))
  }
}
