import Testing

@testable import Actors

@Suite struct PassBackoffTests {
  private let backoff = PassBackoff(initial: .seconds(1), maximum: .seconds(300))

  @Test(arguments: [
    (1, 1.0), (2, 2.0), (3, 4.0), (9, 256.0), (10, 300.0), (22, 300.0), (1_000_000, 300.0),
  ])
  func theWaitDoublesUpToAMaximum(failures: Int, seconds: Double) {
    #expect(backoff.delay(failures: failures, random: 0) == .seconds(seconds / 2))
    #expect(backoff.delay(failures: failures, random: 0.5) == .seconds(seconds * 0.75))
  }
}
