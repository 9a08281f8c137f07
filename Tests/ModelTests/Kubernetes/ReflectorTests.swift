import Model
import Testing

/// What is done next, after everything that can happen to a list and to a watch.
struct ReflectorTests {
  private typealias Machine = SteppedReflector

  private let start = MonotonicTime(nanoseconds: 0)
  private let first = ResourceID(namespace: "default", name: "first")
  private let second = ResourceID(namespace: "default", name: "second")

  private func listing(_ version: String = "7") -> Result<ResourceListing<String>, KubernetesFailure> {
    .success(ResourceListing(items: [first: "one"], version: version))
  }

  private func wait(_ milliseconds: Int) -> Reflector<String>.Action {
    .wait(until: start + .milliseconds(milliseconds))
  }

  @Test func aListIsFollowedByAWatchFromThere() {
    let reflector = Machine(resync: nil)
    #expect(!reflector.isListed)
    #expect(reflector.listed(listing(), now: start, random: 0) == .watch(from: "7", seconds: 300))
    #expect(reflector.isListed)
    #expect(reflector.items == [first: "one"])
    #expect(reflector.listed(listing(), now: start, random: 0.999) == .watch(from: "7", seconds: 599))
  }

  @Test func aListThatFailsIsTriedAgainAndTakesNothing() {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    let failure = KubernetesFailure(.server, "no")
    #expect(reflector.listed(.failure(failure), now: start, random: 0) == wait(800))
    #expect(reflector.waited(now: start, random: 0) == .list)
    #expect(reflector.listed(.failure(failure), now: start, random: 0) == wait(1600))
    let patient = KubernetesFailure(.throttled, "later", retryAfter: .seconds(17))
    #expect(reflector.listed(.failure(patient), now: start, random: 0) == wait(17_000))
    #expect(reflector.items == [first: "one"])
    #expect(reflector.isListed)
  }

  @Test func changesAreAppliedAndMoveTheVersion() {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    let isChanged = [
      reflector.apply([.set(second, "two", version: "8")]),
      reflector.apply([.bookmark(version: "9")]),
      reflector.apply([.removed(first, version: "10")]),
      reflector.apply([.removed(first, version: "11")]),
    ]
    #expect(isChanged == [true, false, true, false])
    #expect(reflector.items == [second: "two"])
    #expect(reflector.watchEnded(.closed, now: start, random: 0) == .watch(from: "11", seconds: 300))
  }

  @Test func aWatchThatIsClosedGoesOn() {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    let later = start + .seconds(300)
    #expect(reflector.watchEnded(.closed, now: later, random: 0) == .watch(from: "7", seconds: 300))
  }

  @Test func aWatchThatIsClosedAtOnceWaits() {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    #expect(reflector.watchEnded(.closed, now: start + .milliseconds(999), random: 0) == wait(1799))
    #expect(reflector.waited(now: start, random: 0) == .watch(from: "7", seconds: 300))
    _ = reflector.apply([.bookmark(version: "8")])
    #expect(reflector.watchEnded(.closed, now: start, random: 0) == .watch(from: "8", seconds: 300))
  }

  @Test(
    arguments: [
      (.broken("cut"), .watch(from: "7", seconds: 300)), (.unreadable("garbage"), .list),
      (.failed(KubernetesFailure(.gone, "410")), .list), (.failed(KubernetesFailure(.server, "500")), .list),
      (.failed(KubernetesFailure(.forbidden, "403")), .list),
      (.failed(KubernetesFailure(.throttled, "429")), .watch(from: "7", seconds: 300)),
    ] as [(WatchEnding, Reflector<String>.Action)])
  func everyOtherEndIsFollowedByAPause(ending: WatchEnding, next: Reflector<String>.Action) {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    #expect(reflector.watchEnded(ending, now: start, random: 0) == wait(800))
    #expect(reflector.waited(now: start, random: 0) == next)
    #expect(reflector.items == [first: "one"])
  }

  @Test func aServerThatAsksForAPauseGetsIt() {
    let reflector = Machine(resync: nil)
    _ = reflector.listed(listing(), now: start, random: 0)
    let failure = KubernetesFailure(.throttled, "429", retryAfter: .seconds(5))
    #expect(reflector.watchEnded(.failed(failure), now: start, random: 0) == wait(5000))
  }

  @Test func allIsListedAnewFromTimeToTime() {
    let reflector = Machine(resync: .seconds(60))
    #expect(reflector.listed(listing(), now: start, random: 0.5) == .watch(from: "7", seconds: 60))
    let half = start + .seconds(30)
    #expect(reflector.watchEnded(.broken("cut"), now: half, random: 0) == wait(30_800))
    #expect(reflector.waited(now: half, random: 0) == .watch(from: "7", seconds: 30))
    #expect(reflector.watchEnded(.closed, now: start + .seconds(60), random: 0) == .list)
    #expect(reflector.listed(listing("9"), now: start + .seconds(61), random: 0) == .watch(from: "9", seconds: 60))
  }
}
