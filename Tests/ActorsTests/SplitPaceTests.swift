import Testing

@testable import Actors

@Suite struct SplitPaceTests {
  private let pace = SplitPace()

  @Test func nothingIsExpectedOfNothing() {
    #expect(pace.nanoseconds(bytes: 1 << 20) == 0)
    pace.note(bytes: 0, nanoseconds: 100)
    #expect(pace.nanoseconds(bytes: 1 << 20) == 0)
  }

  @Test(arguments: [
    ([(1000, 5000)], 2000, 10_000), ([(1000, 1000), (1000, 3000)], 10, 20),
    // A small load weighs as little as it is.
    ([(100_000, 300_000), (10, 50_000)], 100_000, 349_965),
    // A process that was stopped while it split next to nothing.
    ([(1, 60_000_000_000)], Int(Int32.max), 86_400_000_000_000),
  ])
  func aLoadIsExpectedToTakeWhatThoseBeforeItTook(
    noted: [(bytes: Int, nanoseconds: Int)], bytes: Int, nanoseconds: Int
  ) {
    for load in noted { pace.note(bytes: load.bytes, nanoseconds: load.nanoseconds) }
    #expect(pace.nanoseconds(bytes: bytes) == nanoseconds)
  }

  /// After twenty loads of the other kind, next to nothing is left of what was.
  @Test func whatWasLongAgoCountsLess() {
    for _ in 0..<20 { pace.note(bytes: 1 << 20, nanoseconds: 1 << 20) }
    #expect(pace.nanoseconds(bytes: 1000) == 1000)
    for _ in 0..<20 { pace.note(bytes: 1 << 20, nanoseconds: 8 << 20) }
    #expect(7990...8000 ~= pace.nanoseconds(bytes: 1000))
  }
}
