import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct BatchingStateMachineTests {
  private typealias Actions = BatchingStateMachine.Actions

  private let receiver = FakeReceiver()
  private let start = MonotonicTime(nanoseconds: 0)
  private let ok = UpstreamResult.response(UpstreamResponse(status: 200))

  private func machine(
    beyond count: Int = 1, lengthLimit: Int = 100, longestWait: Duration = .seconds(1)
  ) -> BatchingStateMachine {
    BatchingStateMachine(
      configuration: BatchingConfiguration(
        requestsBeforeWaiting: count, lengthLimit: lengthLimit, longestWait: longestWait))
  }

  private func requests(
    _ indices: some Sequence<Int>, tenant: String = "a", replica: ReplicaIdentity? = nil, length: Int = 10,
    isRetry: Bool = false
  ) throws -> [PendingRequest] {
    try indices.map {
      try .fake($0, tenant: tenant, replica: replica, length: length, isRetry: isRetry, of: receiver)
    }
  }

  /// A batch of the requests from 1 on, on its way.
  private func batch(
    of count: Int, isRetry: Bool = false, in machine: inout BatchingStateMachine
  ) throws -> Batch {
    let first = machine.arrived(try requests(0...count, isRetry: isRetry)).sends[0]
    return machine.completed(first.number, ok, now: start).sends[0]
  }

  private func response(_ status: Int, retryAfter: Duration? = nil) -> UpstreamResult {
    .response(UpstreamResponse(status: status, retryAfter: retryAfter))
  }

  /// The indices of the requests in each of the batches.
  private func sent(_ actions: Actions) -> [[Int]] {
    actions.sends.map { $0.requests.map(\.request.index) }
  }

  private func ended(_ actions: Actions) -> [Int: UpstreamResult] {
    Dictionary(uniqueKeysWithValues: actions.ends.map { ($0.request.request.index, $0.result) })
  }

  // MARK: Waiting

  @Test(arguments: [(1, [[0]]), (3, [[0], [1], [2]]), (4, [[0], [1], [2], [3]]), (9, [[0], [1], [2], [3]])])
  func nothingWaitsBeforeThereIsSomethingToWaitFor(limit: Int, expected: [[Int]]) throws {
    var machine = machine(beyond: limit)
    let actions = machine.arrived(try requests(0..<4))
    #expect(sent(actions) == expected && actions.ends.isEmpty)
    #expect(machine.waitingCount == 4 - expected.count)
    #expect(actions.sends.allSatisfy { !$0.isJoined })
  }

  @Test func whatWaitsGoesTogetherInTheOrderInWhichItCame() throws {
    var machine = machine()
    let first = machine.arrived(try requests([0, 1])).sends[0]
    _ = machine.arrived(try requests([2, 3]))
    let actions = machine.completed(first.number, ok, now: start)
    #expect(ended(actions) == [0: ok] && actions.division == nil)
    #expect(sent(actions) == [[1, 2, 3]] && actions.sends[0].isJoined)
    #expect(machine.waitingCount == 0)
    let last = machine.completed(actions.sends[0].number, ok, now: start)
    #expect(ended(last) == [1: ok, 2: ok, 3: ok] && last.sends.isEmpty)
    #expect(sent(machine.arrived(try requests([4]))) == [[4]])
  }

  /// Tenants, replicas of a pair, and what has failed before: none of them goes with another, or waits for it.
  @Test func whatMustNotShareARequestDoesNotWaitForEachOther() throws {
    let replicas = (try ReplicaIdentity.fake("r"), try ReplicaIdentity.fake("s"))
    let kinds = [
      try requests([0, 10]), try requests([1, 11], tenant: "b"), try requests([2, 12], replica: replicas.0),
      try requests([3, 13], replica: replicas.1), try requests([4, 14], isRetry: true),
    ]
    var machine = machine()
    let first = machine.arrived(kinds.flatMap(\.self))
    #expect(sent(first) == [[0], [1], [2], [3], [4]])
    for index in [3, 1, 4, 0, 2] {
      #expect(sent(machine.completed(first.sends[index].number, ok, now: start)) == [[10 + index]])
    }
  }

  @Test func whatFailedInTheProxyGoesWithWhatFailedAtTheSender() throws {
    var machine = machine()
    let first = machine.arrived([
      try .fake(0, isRetry: true, of: receiver), try .fake(1, retryAttempt: "1", of: receiver),
      try .fake(2, isRetry: true, of: receiver),
    ])
    #expect(sent(first) == [[0]])
    #expect(sent(machine.completed(first.sends[0].number, ok, now: start)) == [[1, 2]])
  }

  @Test(arguments: [
    (30, [[1, 2, 3], [4, 5, 6], [7]]), (29, [[1, 2], [3, 4], [5, 6], [7]]), (70, [[1, 2, 3, 4, 5, 6, 7]]),
    (5, [[1], [2], [3], [4], [5], [6], [7]]),
  ])
  func noBatchIsLongerThanTheLimit(limit: Int, expected: [[Int]]) throws {
    var machine = machine(lengthLimit: limit)
    var number = machine.arrived(try requests(0..<8)).sends[0].number
    var batches: [[Int]] = []
    while let batch = machine.completed(number, ok, now: start).sends.first {
      batches.append(batch.requests.map(\.request.index))
      number = batch.number
    }
    #expect(batches == expected)
  }

  @Test func whatIsLongerThanTheLimitGoesByItself() throws {
    var machine = machine(lengthLimit: 30)
    let first = machine.arrived(try requests([0, 1]) + requests([2], length: 31) + requests([3])).sends[0]
    let second = machine.completed(first.number, ok, now: start)
    #expect(sent(second) == [[1]])
    let third = machine.completed(second.sends[0].number, ok, now: start)
    #expect(sent(third) == [[2]])
    #expect(sent(machine.completed(third.sends[0].number, ok, now: start)) == [[3]])
  }

  // MARK: Taking apart

  /// What is said against the contents of a batch is said of all of it and of none of its requests.
  @Test(arguments: [400, 401, 404, 409, 413, 422, 429])
  func whatIsRefusedTogetherIsAskedForInHalves(status: Int) throws {
    var machine = machine()
    let refused = response(status)
    let batch = try batch(of: 3, in: &machine)
    let half = machine.completed(batch.number, refused, now: start)
    #expect(sent(half) == [[1, 2]] && half.ends.isEmpty)
    #expect(half.division == (status == 429 ? .rateLimited : .refused))
    let one = machine.completed(half.sends[0].number, refused, now: start)
    #expect(sent(one) == [[1]] && one.ends.isEmpty && machine.waitingCount == 2)
    let two = machine.completed(one.sends[0].number, refused, now: start)
    #expect(ended(two) == [1: refused] && sent(two) == [[2]] && two.division == nil)
    let three = machine.completed(two.sends[0].number, ok, now: start)
    #expect(ended(three) == [2: ok] && sent(three) == [[3]])
    #expect(ended(machine.completed(three.sends[0].number, ok, now: start)) == [3: ok])
  }

  /// One bad request among many is found by halves, beside which the good ones go in few batches.
  @Test func theFaultOfOneTakesFewRequests() throws {
    var machine = machine(lengthLimit: 10_000)
    var batch = try batch(of: 128, in: &machine)
    var results: [Int: UpstreamResult] = [:]
    var count = 0
    while true {
      count += 1
      let isBad = batch.requests.contains { $0.request.index == 77 }
      let actions = machine.completed(batch.number, isBad ? response(400) : ok, now: start)
      results.merge(ended(actions)) { first, _ in first }
      guard let next = actions.sends.first else { break }
      batch = next
    }
    #expect(count == 15)
    #expect(results.count == 128 && results.filter { $0.value != ok }.map(\.key) == [77])
  }

  @Test func partsGoBeforeWhatCameLater() throws {
    var machine = machine()
    let batch = try batch(of: 2, in: &machine)
    _ = machine.arrived(try requests([7]))
    let first = machine.completed(batch.number, response(400), now: start)
    let second = machine.completed(first.sends[0].number, ok, now: start)
    let third = machine.completed(second.sends[0].number, ok, now: start)
    #expect([sent(first), sent(second), sent(third)] == [[[1]], [[2]], [[7]]])
  }

  /// Who is told when to come again waits, and is not asked for before.
  @Test func whoIsToldToWaitWaits() throws {
    var machine = machine()
    let limited = response(429, retryAfter: .seconds(2))
    let end = machine.completed(try batch(of: 2, in: &machine).number, limited, now: start)
    #expect(ended(end) == [1: limited, 2: limited] && end.sends.isEmpty && end.division == nil)
  }

  @Test func whoHasWaitedIsNotRefusedForOthersAgain() throws {
    var machine = machine()
    let batch = try batch(of: 2, isRetry: true, in: &machine)
    let half = machine.completed(batch.number, response(429, retryAfter: .seconds(2)), now: start)
    #expect(sent(half) == [[1]] && half.ends.isEmpty && half.division == .rateLimited)
  }

  @Test(
    arguments: [
      .response(UpstreamResponse(status: 200)), .response(UpstreamResponse(status: 204)),
      .response(UpstreamResponse(status: 302)), .response(UpstreamResponse(status: 408)),
      .response(UpstreamResponse(status: 500, retryAfter: .seconds(3), message: "down")),
      .response(UpstreamResponse(status: 503)), .failure(.network("reset")),
      // Before its time: it is the connection that took too long.
      .failure(.timeout),
    ] as [UpstreamResult])
  func whatSaysNothingOfTheContentsIsEverybodys(result: UpstreamResult) throws {
    var machine = machine()
    let end = machine.completed(try batch(of: 2, in: &machine).number, result, now: start)
    #expect(ended(end) == [1: result, 2: result] && end.sends.isEmpty && end.division == nil)
  }

  @Test(arguments: [400, 429, 500])
  func whatWasSentAloneEndsAsItEnds(status: Int) throws {
    var machine = machine()
    let first = machine.arrived(try requests([0])).sends[0]
    let end = machine.completed(first.number, response(status), now: start)
    #expect(ended(end) == [0: response(status)] && end.sends.isEmpty)
  }

  // MARK: Time

  private func requests(until deadlines: [Int64]) throws -> [PendingRequest] {
    try deadlines.enumerated().map { index, deadline in try .fake(index, deadline: deadline, of: receiver) }
  }

  @Test func aBatchHasTheTimeOfWhoHasTheLeast() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    #expect(first.deadline == MonotonicTime(nanoseconds: 900))
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    #expect(batch.deadline == MonotonicTime(nanoseconds: 500))
  }

  /// Else all would fail with the first of them.
  @Test func whoHasLittleTimeLeftDoesNotTakeItFromOthers() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 50, 200, 201, 900, 700])).sends[0]
    let second = machine.completed(first.number, ok, now: start)
    #expect(sent(second) == [[1, 2]])
    let third = machine.completed(second.sends[0].number, ok, now: start)
    #expect(sent(third) == [[3]])
    let fourth = machine.completed(third.sends[0].number, ok, now: MonotonicTime(nanoseconds: 100))
    #expect(sent(fourth) == [[4, 5]])
  }

  /// Where they come in another order, as what is tried again does.
  @Test func whoHasMuchTimeLeftIsNotHurriedByWhoHasLittle() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 800, 300, 199, 50])).sends[0]
    let second = machine.completed(first.number, ok, now: start)
    #expect(sent(second) == [[1, 2]])
    let third = machine.completed(second.sends[0].number, ok, now: start)
    #expect(sent(third) == [[3, 4]])
  }

  @Test func allThatHasWaitedForTooLongGoes() throws {
    var machine = machine(lengthLimit: 20, longestWait: .nanoseconds(300))
    _ = machine.arrived(try requests(0..<6) + [.fake(6, arrival: 200, of: receiver)])
    let late = machine.timePassed(now: MonotonicTime(nanoseconds: 300))
    #expect(sent(late) == [[1, 2], [3, 4], [5, 6]])
    #expect(machine.waitingCount == 0)
  }

  @Test func whoHasTimeLeftIsSentAgain() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    let half = machine.completed(batch.number, .failure(.timeout), now: MonotonicTime(nanoseconds: 500))
    #expect(ended(half) == [2: .failure(.timeout)] && half.division == .timeout)
    #expect(sent(half) == [[1]])
    #expect(sent(machine.completed(half.sends[0].number, ok, now: MonotonicTime(nanoseconds: 600))) == [[3]])
  }

  @Test func whatHasWaitedBeyondItsTimeIsNotSent() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    let end = machine.completed(first.number, ok, now: MonotonicTime(nanoseconds: 700))
    #expect(ended(end) == [0: ok, 1: .failure(.timeout), 2: .failure(.timeout)])
    #expect(sent(end) == [[3]])
    #expect(machine.waitingCount == 0)
  }

  @Test func whatWaitsIsToldOfItsEndInTime() throws {
    var machine = machine()
    _ = machine.arrived(try requests(until: [900, 700, 500, 800]))
    #expect(machine.timePassed(now: MonotonicTime(nanoseconds: 499)).ends.isEmpty)
    #expect(ended(machine.timePassed(now: MonotonicTime(nanoseconds: 500))) == [2: .failure(.timeout)])
    #expect(
      ended(machine.timePassed(now: MonotonicTime(nanoseconds: 850))) == [1: .failure(.timeout), 3: .failure(.timeout)])
    #expect(machine.waitingCount == 0)
  }

  /// An answer that does not come holds nobody up for longer than that.
  @Test func whatHasWaitedForTooLongGoesAllTheSame() throws {
    var machine = machine(longestWait: .nanoseconds(300))
    let stuck = machine.arrived(try requests([0])).sends[0]
    _ = machine.arrived([
      try .fake(1, arrival: 100, of: receiver), try .fake(2, arrival: 390, of: receiver),
    ])
    #expect(sent(machine.timePassed(now: MonotonicTime(nanoseconds: 399))) == [])
    let late = machine.timePassed(now: MonotonicTime(nanoseconds: 400))
    #expect(sent(late) == [[1, 2]])
    _ = machine.arrived([try .fake(3, arrival: 401, of: receiver)])
    #expect(sent(machine.timePassed(now: MonotonicTime(nanoseconds: 500))) == [])
    #expect(sent(machine.completed(late.sends[0].number, ok, now: MonotonicTime(nanoseconds: 500))) == [[3]])
    #expect(ended(machine.completed(stuck.number, ok, now: MonotonicTime(nanoseconds: 501))) == [0: ok])
  }

  // MARK: Giving up

  @Test func whatIsGivenUpIsToldSoOnceAndOthersGoOn() throws {
    var machine = machine()
    let other = FakeReceiver()
    let first = machine.arrived(try requests([0, 1]) + [.fake(7, of: other)]).sends[0]
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    _ = machine.arrived(try requests([2]) + [.fake(8, of: other)])

    let cancelled = machine.cancel(ObjectIdentifier(receiver))
    #expect(ended(cancelled) == [1: .failure(.cancelled), 2: .failure(.cancelled)] && cancelled.sends.isEmpty)
    #expect(machine.waitingCount == 1)
    #expect(machine.cancel(ObjectIdentifier(receiver)).ends.isEmpty)

    let end = machine.completed(batch.number, ok, now: start)
    #expect(ended(end) == [7: ok] && sent(end) == [[8]])
  }

  @Test func partsCanBeGivenUp() throws {
    var machine = machine()
    let batch = try batch(of: 4, in: &machine)
    let half = machine.completed(batch.number, response(400), now: start)
    #expect(sent(half) == [[1, 2]] && machine.waitingCount == 2)
    #expect(Set(ended(machine.cancel(ObjectIdentifier(receiver))).keys) == [1, 2, 3, 4])
    let end = machine.completed(half.sends[0].number, response(400), now: start)
    #expect(end.ends.isEmpty && end.sends.isEmpty && machine.waitingCount == 0)
  }

  /// The transport gives up only when it ends: nothing that is sent then would get anywhere.
  @Test func withTheTransportAllThatWaitsEnds() throws {
    var machine = machine()
    let first = machine.arrived(try requests(0..<4)).sends[0]
    let end = machine.completed(first.number, .failure(.cancelled), now: start)
    #expect(end.sends.isEmpty && machine.waitingCount == 0)
    #expect(Set(end.ends.map(\.request.request.index)) == [0, 1, 2, 3])
    #expect(end.ends.allSatisfy { $0.result == .failure(.cancelled) })
  }
}
