import Model
import Testing

@testable import Actors

@Suite struct PassScheduleTests {
  private static let now = MonotonicTime(nanoseconds: 0)
  private let a: TenantID
  private let b: TenantID
  private let c: TenantID
  private let d: TenantID

  init() throws {
    (a, b, c, d) = (try TenantID("a"), try TenantID("b"), try TenantID("c"), try TenantID("d"))
  }

  private func schedule(parallelism: Int = 2) -> PassSchedule {
    PassSchedule(parallelism: parallelism, backoff: PassBackoff(initial: .seconds(2), maximum: .seconds(16)))
  }

  @Test func asManyStartAsThereArePlaces() {
    var schedule = schedule()
    #expect(schedule.due([a, b, c]) == [.start(a), .start(b)])
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [.start(c)])
    #expect(schedule.ended(b, .done, now: Self.now, random: 0) == [])
    #expect(schedule.ended(c, .done, now: Self.now, random: 0) == [])
    #expect(schedule.due([a, b]) == [.start(a), .start(b)], "all places are free again")
  }

  @Test func whatHasChangedComesFirst() {
    var schedule = schedule(parallelism: 1)
    #expect(schedule.due([a, b, c]) == [.start(a)])
    #expect(schedule.changed([c, d]) == [])
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [.start(c)])
    #expect(schedule.ended(c, .done, now: Self.now, random: 0) == [.start(d)])
    #expect(schedule.ended(d, .done, now: Self.now, random: 0) == [.start(b)])
    #expect(schedule.ended(b, .done, now: Self.now, random: 0) == [])
  }

  @Test func aTenantIsNeverLookedAtTwiceAtATime() {
    var schedule = schedule()
    #expect(schedule.changed([a]) == [.start(a)])
    #expect(schedule.changed([a]) == [])
    #expect(schedule.changed([a]) == [])
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [.start(a)], "it may have come too late")
    #expect(schedule.due([a]) == [], "that is what is being done")
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [])
  }

  @Test func whatIsUnfinishedGoesBackIntoTheLine() {
    var schedule = schedule(parallelism: 1)
    #expect(schedule.due([a, b]) == [.start(a)])
    #expect(schedule.ended(a, .unfinished, now: Self.now, random: 0) == [.start(b)])
    #expect(schedule.ended(b, .done, now: Self.now, random: 0) == [.start(a)])
  }

  // MARK: Failures

  /// The pause that follows from a pass that fails at once.
  private func fail(
    _ schedule: inout PassSchedule, _ tenant: TenantID, retryAfter: Duration? = nil, random: Double = 0
  ) throws -> PassSchedule.Pause {
    let actions = schedule.ended(tenant, .failed(retryAfter: retryAfter), now: Self.now, random: random)
    guard case .pause(let pause)? = actions.first else { throw NoPause(actions: actions) }
    return pause
  }

  private struct NoPause: Error {
    let actions: [PassSchedule.Action]
  }

  @Test func theWaitDoublesUpToALimit() throws {
    var schedule = schedule()
    _ = schedule.due([a])
    for seconds in [1, 2, 4, 8, 8] {
      let pause = try fail(&schedule, a)
      #expect(pause.until == Self.now + .seconds(seconds))
      #expect(schedule.due([a]) == [], "the wait is for this")
      #expect(schedule.pauseEnded(pause) == [.start(a)])
    }
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [])
    _ = schedule.due([a])
    #expect(try fail(&schedule, a, random: 0.5).until == Self.now + .seconds(1.5))
  }

  @Test func aChangeCutsAWaitShort() throws {
    var schedule = schedule()
    _ = schedule.due([a])
    let pause = try fail(&schedule, a)
    #expect(schedule.changed([a]) == [.start(a)])
    #expect(schedule.pauseEnded(pause) == [])
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [])
    #expect(schedule.pauseEnded(pause) == [])
  }

  @Test func aWaitThatWasAskedForIsKept() throws {
    var schedule = schedule()
    _ = schedule.due([a])
    let pause = try fail(&schedule, a, retryAfter: .seconds(60))
    #expect(pause.until == Self.now + .seconds(60))
    #expect(schedule.changed([a]) == [])
    #expect(schedule.pauseEnded(pause) == [.start(a)])
  }

  @Test func nobodyComesBackSoonerThanTheBackoff() throws {
    var schedule = schedule()
    _ = schedule.due([a])
    #expect(try fail(&schedule, a, retryAfter: .zero).until == Self.now + .seconds(1))
  }

  /// Tenants that fail take half of the places, however many they are.
  @Test func thoseThatFailLeaveRoomForTheOthers() throws {
    var schedule = schedule()
    _ = schedule.due([a, b])
    let pauses = [try fail(&schedule, a), try fail(&schedule, b)]
    #expect(schedule.pauseEnded(pauses[0]) == [.start(a)])
    #expect(schedule.pauseEnded(pauses[1]) == [])
    #expect(schedule.due([c]) == [.start(c)])
    #expect(schedule.due([d]) == [])
    #expect(schedule.ended(c, .done, now: Self.now, random: 0) == [.start(d)])
    #expect(schedule.ended(a, .done, now: Self.now, random: 0) == [.start(b)])
  }

  // MARK: The end

  @Test func whoDoesNotLeadLooksAtNobody() throws {
    var schedule = schedule(parallelism: 1)
    _ = schedule.due([b])
    let pause = try fail(&schedule, b)
    #expect(schedule.due([a, c]) == [.start(a)])
    schedule.stop()
    #expect(schedule.ended(a, .notLeading, now: Self.now, random: 0) == [])
    #expect(schedule.pauseEnded(pause) == [])
    #expect(schedule.due([c]) == [.start(c)])
    #expect(schedule.ended(c, .done, now: Self.now, random: 0) == [])
  }
}
