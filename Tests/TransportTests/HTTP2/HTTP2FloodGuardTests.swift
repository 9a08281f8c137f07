import Model
import Testing

@testable import Transport

struct HTTP2FloodGuardTests {
  private static func limits(burst: Int, perSecond: Int) -> HTTP2Limits {
    var limits = HTTP2Limits()
    limits.controlFrameBurst = burst
    limits.controlFramesPerSecond = perSecond
    return limits
  }

  private static func time(_ seconds: Double) -> MonotonicTime {
    MonotonicTime(nanoseconds: Int64(seconds * 1e9))
  }

  /// How many of `count` frames are allowed until one is not.
  private func allowed(
    _ frame: HTTP2ControlFrame, _ floodGuard: inout HTTP2FloodGuard, at seconds: Double, of count: Int = 1000
  ) -> Int {
    for number in 0..<count where !floodGuard.allows(frame, now: Self.time(seconds)) { return number }
    return count
  }

  @Test(arguments: HTTP2ControlFrame.allCases)
  func aBurstIsAllowedAndNoMore(of frame: HTTP2ControlFrame) {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 100, perSecond: 10), now: Self.time(0))
    #expect(allowed(frame, &floodGuard, at: 0) == (frame == .reset || frame == .fault ? 10 : 100))
  }

  @Test(arguments: [(0.05, 0), (0.1, 1), (1.0, 10), (2.55, 25), (9.0, 90), (3600.0, 100)])
  func tokensComeBackWithTime(seconds: Double, expected: Int) {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 100, perSecond: 10), now: Self.time(0))
    #expect(allowed(.ping, &floodGuard, at: 0, of: 100) == 100)
    #expect(allowed(.ping, &floodGuard, at: seconds) == expected)
  }

  @Test(arguments: [0.1, 0.13, 0.15, 0.19, 0.199])
  func noTimeIsLostBetweenFrames(interval: Double) {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 200, perSecond: 10), now: Self.time(0))
    #expect(allowed(.ping, &floodGuard, at: 0, of: 200) == 200)
    for round in 1...100 { #expect(allowed(.ping, &floodGuard, at: Double(round) * interval, of: 1) == 1) }
    let left = Int((100 * interval * 10).rounded()) - 100
    #expect(abs(allowed(.ping, &floodGuard, at: 100 * interval) - left) <= 1)
  }

  @Test func requestsBringCreditUpToTheBurst() {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 100, perSecond: 0), now: Self.time(0))
    for _ in 0..<1000 { floodGuard.requestAnswered() }
    #expect(allowed(.settings, &floodGuard, at: 1, of: 100) == 100)
    floodGuard.requestAnswered()
    #expect(allowed(.settings, &floodGuard, at: 1) == 16)
  }

  @Test func framesOfAnswersMayBePaidForTwice() {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 100, perSecond: 0), now: Self.time(0))
    #expect(allowed(.windowUpdate, &floodGuard, at: 0, of: 100) == 100)
    floodGuard.answersSent(frames: 20)
    #expect(allowed(.windowUpdate, &floodGuard, at: 0) == 40)
  }

  @Test func aClockThatStandsStillBringsNothing() {
    var floodGuard = HTTP2FloodGuard(Self.limits(burst: 1, perSecond: 1_000_000), now: Self.time(5))
    #expect(allowed(.ping, &floodGuard, at: 5) == 1)
  }
}
