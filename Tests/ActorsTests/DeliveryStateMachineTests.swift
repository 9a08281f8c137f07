import Model
import Testing

@testable import Actors

@Suite struct DeliveryStateMachineTests {
  private typealias Send = DeliveryStateMachine.Actions.Send
  private typealias Pause = DeliveryStateMachine.Actions.Pause

  private let start = MonotonicTime(nanoseconds: 1_000)
  private let ok = UpstreamResult.response(UpstreamResponse(status: 200))
  private let unavailable = UpstreamResult.response(UpstreamResponse(status: 503))
  private let refused = UpstreamResult.response(UpstreamResponse(status: 400))

  private func machine(_ count: Int, parallelism: Int = 64, within timeout: Duration = .seconds(20))
    -> DeliveryStateMachine
  {
    DeliveryStateMachine(
      count: count, parallelism: parallelism, deadline: start + timeout,
      retries: RetryPolicy(initialBackoff: .seconds(2), maximumBackoff: .seconds(8)))
  }

  // MARK: The window

  @Test(arguments: [(1, 1, 1), (1, 64, 1), (5, 64, 5), (5, 5, 5), (5, 2, 2), (5, 1, 1)])
  func noMoreIsSentThanThereArePlaces(count: Int, parallelism: Int, sent: Int) {
    var machine = machine(count, parallelism: parallelism)
    let actions = machine.start(now: start)
    #expect(actions.sends.map(\.index) == Array(0..<sent))
    #expect(actions.sends.allSatisfy { $0.timeout == .seconds(20) })
    #expect(!actions.isFinished)
  }

  @Test func aFreePlaceIsTakenByTheNext() {
    var machine = machine(3, parallelism: 1)
    _ = machine.start(now: start)
    var actions = machine.completed(0, ok, now: start + .seconds(1), random: 0)
    #expect(actions.sends == [Send(index: 1, timeout: .seconds(19), isRetry: false)])
    actions = machine.completed(1, refused, now: start + .seconds(3), random: 0)
    #expect(actions.sends == [Send(index: 2, timeout: .seconds(17), isRetry: false)])
    #expect(!actions.isFinished)
    actions = machine.completed(2, ok, now: start + .seconds(4), random: 0)
    #expect(actions.isFinished && actions.sends.isEmpty)
    #expect(machine.results == [ok, refused, ok])
  }

  // MARK: Trying again

  @Test func whatTheUpstreamSaidIsToldRatherThanThatTimeRanOut() {
    var machine = machine(1)
    _ = machine.start(now: start)
    _ = machine.completed(0, unavailable, now: start + .seconds(18), random: 0)
    _ = machine.pauseEnded(0, now: start + .seconds(19))
    let actions = machine.completed(0, .failure(.timeout), now: start + .seconds(20), random: 0)
    #expect(actions.isFinished)
    #expect(machine.results == [unavailable])
  }

  @Test func onlyWhatFailedIsTriedAgain() {
    var machine = machine(3)
    _ = machine.start(now: start)
    _ = machine.completed(0, ok, now: start, random: 0)
    _ = machine.completed(2, refused, now: start, random: 0)
    var actions = machine.completed(1, unavailable, now: start, random: 0.5)
    #expect(actions.pauses == [Pause(index: 1, until: start + .milliseconds(1500))])
    #expect(actions.sends.isEmpty && !actions.isFinished)
    actions = machine.pauseEnded(1, now: start + .seconds(2))
    #expect(actions.sends == [Send(index: 1, timeout: .seconds(18), isRetry: true)])
    actions = machine.completed(1, ok, now: start + .seconds(3), random: 0)
    #expect(actions.isFinished)
    #expect(machine.results == [ok, ok, refused])
  }

  @Test func theWaitGrowsWithTheTries() {
    var machine = machine(1, within: .seconds(100))
    _ = machine.start(now: start)
    var waits: [Duration] = []
    for _ in 0..<4 {
      let pause = machine.completed(0, unavailable, now: start, random: 0).pauses[0]
      waits.append(pause.until - start)
      _ = machine.pauseEnded(0, now: start)
    }
    #expect(waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(4)])
  }

  @Test func aPauseHoldsNoPlace() {
    var machine = machine(2, parallelism: 1)
    _ = machine.start(now: start)
    let actions = machine.completed(0, unavailable, now: start, random: 0)
    #expect(actions.sends.map(\.index) == [1])
    #expect(actions.pauses.map(\.index) == [0])
    #expect(machine.pauseEnded(0, now: start + .seconds(1)).sends.isEmpty)
    #expect(machine.completed(1, ok, now: start + .seconds(1), random: 0).sends.map(\.index) == [0])
  }

  @Test func whatWasTriedBeforeGoesFirst() {
    var machine = machine(4, parallelism: 1)
    _ = machine.start(now: start)
    _ = machine.completed(0, unavailable, now: start, random: 0)
    _ = machine.pauseEnded(0, now: start + .seconds(1))
    #expect(machine.completed(1, ok, now: start + .seconds(1), random: 0).sends.map(\.index) == [0])
    #expect(machine.completed(0, ok, now: start + .seconds(1), random: 0).sends.map(\.index) == [2])
  }

  // MARK: The deadline

  @Test(arguments: [.zero, .seconds(-1)] as [Duration])
  func aLoadThatIsLateIsNotSent(timeout: Duration) {
    var machine = machine(2, within: timeout)
    let actions = machine.start(now: start)
    #expect(actions == DeliveryStateMachine.Actions(isFinished: true))
    #expect(machine.results == [.failure(.timeout), .failure(.timeout)])
  }

  @Test func thoseThatWaitEndAtTheDeadline() {
    var machine = machine(3, parallelism: 1)
    _ = machine.start(now: start)
    let actions = machine.completed(0, .failure(.timeout), now: start + .seconds(20), random: 0)
    #expect(actions == DeliveryStateMachine.Actions(isFinished: true))
    #expect(machine.results == Array(repeating: .failure(.timeout), count: 3))
  }

  /// What the upstream said last is worth more than that the time ran out.
  @Test func whoeverWasTriedBeforeKeepsItsResult() {
    var machine = machine(2, parallelism: 1)
    _ = machine.start(now: start)
    _ = machine.completed(0, unavailable, now: start, random: 0)
    _ = machine.pauseEnded(0, now: start + .seconds(1))
    #expect(machine.completed(1, ok, now: start + .seconds(20), random: 0).isFinished)
    #expect(machine.results == [unavailable, ok])
  }

  @Test func aPauseThatEndsLateIsTheEnd() {
    var machine = machine(1)
    _ = machine.start(now: start)
    _ = machine.completed(0, unavailable, now: start, random: 0)
    #expect(machine.pauseEnded(0, now: start + .seconds(20)) == DeliveryStateMachine.Actions(isFinished: true))
    #expect(machine.results == [unavailable])
  }

  @Test func nothingIsTriedAgainThatDoesNotFit() {
    var machine = machine(1)
    _ = machine.start(now: start)
    let actions = machine.completed(0, unavailable, now: start + .seconds(19), random: 0)
    #expect(actions == DeliveryStateMachine.Actions(isFinished: true))
  }

  // MARK: Giving up

  @Test func aLoadGivenUpBeforeItBeganSendsNothing() {
    var machine = machine(2)
    #expect(machine.cancel() == DeliveryStateMachine.Actions(isFinished: true))
    #expect(machine.start(now: start).sends.isEmpty)
    #expect(machine.results == [.failure(.cancelled), .failure(.cancelled)])
  }

  /// One tenant in each state: done, on its way, pausing, and waiting.
  @Test func aLoadGivenUpWaitsOnlyForWhatIsOnItsWay() {
    var machine = machine(4, parallelism: 1)
    _ = machine.start(now: start)
    _ = machine.completed(0, ok, now: start, random: 0)
    _ = machine.completed(1, unavailable, now: start, random: 0)
    #expect(machine.cancel() == DeliveryStateMachine.Actions())
    #expect(machine.pauseEnded(1, now: start + .seconds(1)) == DeliveryStateMachine.Actions())
    #expect(machine.cancel() == DeliveryStateMachine.Actions())
    let actions = machine.completed(2, unavailable, now: start, random: 0)
    #expect(actions == DeliveryStateMachine.Actions(isFinished: true))
    #expect(machine.results == [ok, .failure(.cancelled), unavailable, .failure(.cancelled)])
  }

  @Test func aLoadThatIsOverCannotBeGivenUp() {
    var machine = machine(1)
    _ = machine.start(now: start)
    _ = machine.completed(0, ok, now: start, random: 0)
    #expect(machine.cancel().sends.isEmpty)
    #expect(machine.results == [ok])
  }
}
