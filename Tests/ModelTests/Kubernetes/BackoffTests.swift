import Model
import Testing

struct BackoffTests {
  private let start = MonotonicTime(nanoseconds: 0)

  @Test func itDoublesUpToALimit() {
    var backoff = Backoff()
    let waits = (0..<8).map { _ in backoff.next(at: start, random: 0) }
    #expect(waits == [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000].map { .milliseconds($0) })
  }

  @Test func chanceAddsAndDoesNotExceedTheLimit() {
    var backoff = Backoff()
    let first = backoff.next(at: start, random: 0.5)
    #expect(first == .milliseconds(1200))
    let others = (0..<10).map { _ in backoff.next(at: start, random: 0.999) }
    #expect(others.allSatisfy { $0 <= .seconds(30) })
  }

  @Test func aLongTimeWithoutFailureBeginsAnew() {
    var backoff = Backoff()
    for _ in 0..<5 { _ = backoff.next(at: start, random: 0) }
    let waits = [120, 241].map { backoff.next(at: start + .seconds($0), random: 0) }
    #expect(waits == [.milliseconds(25_600), .milliseconds(800)])
  }
}
