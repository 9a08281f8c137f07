import Model
import Testing

@Suite struct MonotonicTimeTests {
  private let start = MonotonicTime(nanoseconds: 5_000_000_000)

  @Test(
    arguments: [
      (.zero, 5_000_000_000), (.nanoseconds(1), 5_000_000_001), (.seconds(2), 7_000_000_000),
      (.milliseconds(-1500), 3_500_000_000),
    ] as [(Duration, Int64)])
  func aDurationIsAdded(duration: Duration, nanoseconds: Int64) {
    let later = start + duration
    #expect(later.nanoseconds == nanoseconds)
    #expect(later - start == duration)
    #expect(start - later == .zero - duration)
  }

  @Test func laterIsGreater() {
    #expect(start < start + .nanoseconds(1))
    #expect(start > start + .nanoseconds(-1))
    #expect(start == start + .zero)
  }

  @Test(
    arguments: [
      (.zero, 0, 0), (.microseconds(1), 1000, 1e-6), (.milliseconds(-2500), -2_500_000_000, -2.5),
      (Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999), 1, 1.999999999e-9),
      (Duration(secondsComponent: 0, attosecondsComponent: -1_999_999_999), -1, -1.999999999e-9),
      (.seconds(1_000_000_000), 1_000_000_000_000_000_000, 1e9),
    ] as [(Duration, Int64, Double)])
  func aDurationIsToldInNanosecondsAndSeconds(duration: Duration, nanoseconds: Int64, seconds: Double) {
    #expect(duration.nanoseconds == nanoseconds)
    #expect(duration.inSeconds == seconds)
  }
}
