import Model
import Testing

struct TokenBucketTests {
  private let start = MonotonicTime(nanoseconds: 5_000_000_000)

  @Test func aBurstPassesAndTheRestIsSpaced() {
    var bucket = TokenBucket(perSecond: 10, burst: 3, at: start)
    let waits = (0..<6).map { _ in bucket.reserve(at: start) }
    #expect(waits == [.zero, .zero, .zero, .milliseconds(100), .milliseconds(200), .milliseconds(300)])
    // Those that wait have their places: one that comes when they have passed waits for nobody.
    let later = [300, 500].map { bucket.reserve(at: start + .milliseconds($0)) }
    #expect(later == [.milliseconds(100), .zero])
  }

  @Test func aPauseFillsTheBucketAndNoMore() {
    var bucket = TokenBucket(perSecond: 10, burst: 2, at: start)
    for moment in [start, start + .seconds(3600)] {
      let passes = (0..<3).map { _ in bucket.take(at: moment) }
      #expect(passes == [true, true, false])
    }
  }

  @Test func aClockThatStandsGivesNothing() {
    var bucket = TokenBucket(perSecond: 1, burst: 1, at: start + .seconds(10))
    let passes = [0, 10, 11].map { bucket.take(at: start + .seconds($0)) }
    #expect(passes == [true, false, true])
  }
}
