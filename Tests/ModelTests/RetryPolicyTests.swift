import Model
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(initialBackoff: .milliseconds(100), maximumBackoff: .seconds(5))

  private func delay(
    _ result: UpstreamResult, attempt: Int = 1, remaining: Duration = .seconds(20), random: Double = 0
  ) -> Duration? {
    policy.delay(after: result, attempt: attempt, remaining: remaining, random: random)
  }

  private func response(_ status: Int, retryAfter: Duration? = nil) -> UpstreamResult {
    .response(UpstreamResponse(status: status, retryAfter: retryAfter))
  }

  @Test(arguments: [408, 500, 501, 502, 503, 504, 529, 599])
  func whatMayMendIsTriedAgain(status: Int) {
    #expect(delay(response(status)) == .milliseconds(50))
  }

  @Test(arguments: [100, 200, 204, 301, 307, 400, 401, 404, 413, 422, 429])
  func whatWillNotMendIsNotTriedAgain(status: Int) {
    #expect(delay(response(status)) == nil)
  }

  @Test(
    arguments: [
      (.timeout, .milliseconds(50)), (.network("reset"), .milliseconds(50)), (.cancelled, nil),
    ] as [(UpstreamFailure, Duration?)])
  func failuresAreTriedAgainUnlessTheyWereMeant(failure: UpstreamFailure, expected: Duration?) {
    #expect(delay(.failure(failure)) == expected)
  }

  /// Half of the step is certain, the other half chance.
  @Test(
    arguments: [
      (1, 0, .milliseconds(50)), (1, 0.5, .milliseconds(75)), (2, 0, .milliseconds(100)), (3, 0, .milliseconds(200)),
      (6, 0, .milliseconds(1600)), (7, 0, .milliseconds(2500)), (1000, 0, .milliseconds(2500)),
      (Int.max, 0.5, .milliseconds(3750)),
    ] as [(Int, Double, Duration)])
  func theStepsDoubleUpToTheLimit(attempt: Int, random: Double, expected: Duration) {
    #expect(delay(.failure(.timeout), attempt: attempt, random: random) == expected)
  }

  @Test(arguments: [UInt64](0..<100))
  func chanceStaysWithinTheStep(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let attempt = 1 + generator.below(10)
    let random = Double.random(in: 0..<1, using: &generator)
    let step = min(Duration.milliseconds(100) * (1 << (attempt - 1)), .seconds(5))
    let wait = try #require(delay(response(503), attempt: attempt, random: random))
    #expect(wait >= step / 2 && wait < step)
  }

  /// The upstream's word counts where it asks for more than the step; where it asks for less, or for
  /// nothing at all, a request must not come back as fast as it can be refused.
  @Test(arguments: [429, 500, 503], [(0, 50), (20, 50), (50, 50), (51, 51), (19_999, 19_999)])
  func theUpstreamMayAskForMoreThanTheStep(status: Int, wait: (asked: Int, expected: Int)) {
    let result = response(status, retryAfter: .milliseconds(wait.asked))
    #expect(delay(result) == .milliseconds(wait.expected))
  }

  @Test(arguments: [429, 500, 503])
  func aWaitThatDoesNotFitIsNone(status: Int) {
    let result = response(status, retryAfter: .seconds(3))
    #expect(delay(result, remaining: .milliseconds(3001)) == .seconds(3))
    #expect(delay(result, remaining: .seconds(3)) == nil)
    #expect(delay(result, remaining: .zero) == nil)
  }

  @Test(arguments: [(51, true), (50, false), (0, false), (-1, false)])
  func nothingIsTriedAfterTheDeadline(remaining: Int, isTried: Bool) {
    #expect((delay(.failure(.timeout), remaining: .milliseconds(remaining)) != nil) == isTried)
  }
}
