import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct BatchingStateMachineTests {
  private typealias Actions = BatchingStateMachine.Actions

  private let receiver = FakeReceiver()
  private let start = MonotonicTime(nanoseconds: 0)
  private let ok = UpstreamResult.response(UpstreamResponse(status: 200))

  private func machine(beyond count: Int = 1, lengthLimit: Int = 100) -> BatchingStateMachine {
    BatchingStateMachine(
      configuration: BatchingConfiguration(requestsBeforeWaiting: count, lengthLimit: lengthLimit))
  }

  private func requests(_ indices: some Sequence<Int>, tenant: String = "a", length: Int = 10) throws
    -> [PendingRequest]
  {
    try indices.map { try .fake($0, tenant: tenant, length: length, of: receiver) }
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
    #expect(ended(actions) == [0: ok])
    #expect(sent(actions) == [[1, 2, 3]] && actions.sends[0].isJoined)
    #expect(machine.waitingCount == 0)
    let last = machine.completed(actions.sends[0].number, ok, now: start)
    #expect(ended(last) == [1: ok, 2: ok, 3: ok] && last.sends.isEmpty)
    #expect(sent(machine.arrived(try requests([4]))) == [[4]])
  }

  @Test func tenantsDoNotWaitForEachOther() throws {
    var machine = machine()
    let first = machine.arrived(try requests([0], tenant: "a") + requests([1], tenant: "b"))
    #expect(sent(first) == [[0], [1]])
    _ = machine.arrived(try requests([2], tenant: "a") + requests([3], tenant: "b"))
    #expect(sent(machine.completed(first.sends[1].number, ok, now: start)) == [[3]])
    #expect(sent(machine.completed(first.sends[0].number, ok, now: start)) == [[2]])
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

  // MARK: What goes alone

  @Test func whatHasFailedBeforeNeitherWaitsNorIsWaitedFor() throws {
    var machine = machine()
    let first = machine.arrived(try requests([0, 1])).sends[0]
    let retry = machine.arrived([
      try .fake(2, isRetry: true, of: receiver), try .fake(3, retryAttempt: "1", of: receiver),
    ])
    #expect(sent(retry) == [[2], [3]])
    #expect(sent(machine.completed(retry.sends[0].number, ok, now: start)) == [])
    #expect(sent(machine.completed(first.number, ok, now: start)) == [[1]])
  }

  /// What is said against the contents of a batch is said of all of it and of none of its requests.
  @Test(arguments: [400, 401, 404, 409, 413, 422, 429])
  func whatIsRefusedTogetherIsAskedForOneByOne(status: Int) throws {
    var machine = machine()
    let refused = UpstreamResult.response(UpstreamResponse(status: status))
    let first = machine.arrived(try requests([0, 1, 2])).sends[0]
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    let again = machine.completed(batch.number, refused, now: start)
    #expect(sent(again) == [[1], [2]] && again.ends.isEmpty)
    #expect(ended(machine.completed(again.sends[0].number, refused, now: start)) == [1: refused])
    #expect(ended(machine.completed(again.sends[1].number, ok, now: start)) == [2: ok])
  }

  @Test(
    arguments: [
      .response(UpstreamResponse(status: 200)), .response(UpstreamResponse(status: 204)),
      .response(UpstreamResponse(status: 302)), .response(UpstreamResponse(status: 408)),
      .response(UpstreamResponse(status: 500, retryAfter: .seconds(3), message: "down")),
      .response(UpstreamResponse(status: 503)), .failure(.network("reset")),
    ] as [UpstreamResult])
  func whatSaysNothingOfTheContentsIsEverybodys(result: UpstreamResult) throws {
    var machine = machine()
    let first = machine.arrived(try requests([0, 1, 2])).sends[0]
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    let end = machine.completed(batch.number, result, now: start)
    #expect(ended(end) == [1: result, 2: result] && end.sends.isEmpty)
  }

  @Test(arguments: [400, 429, 500])
  func whatWasSentAloneEndsAsItEnds(status: Int) throws {
    var machine = machine()
    let result = UpstreamResult.response(UpstreamResponse(status: status))
    let first = machine.arrived(try requests([0])).sends[0]
    let end = machine.completed(first.number, result, now: start)
    #expect(ended(end) == [0: result] && end.sends.isEmpty)
  }

  // MARK: Time

  private func requests(until deadlines: [Int64]) throws -> [PendingRequest] {
    try deadlines.enumerated().map { index, deadline in
      try .fake(index, deadline: MonotonicTime(nanoseconds: deadline), of: receiver)
    }
  }

  @Test func aBatchHasTheTimeOfWhoHasTheLeast() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    #expect(first.deadline == MonotonicTime(nanoseconds: 900))
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    #expect(batch.deadline == MonotonicTime(nanoseconds: 500))
  }

  @Test func whoHasTimeLeftIsSentAgainAlone() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    let batch = machine.completed(first.number, ok, now: start).sends[0]
    let end = machine.completed(batch.number, .failure(.timeout), now: MonotonicTime(nanoseconds: 500))
    #expect(ended(end) == [2: .failure(.timeout)])
    #expect(sent(end) == [[1], [3]])
  }

  @Test func whatHasWaitedForTooLongIsNotSent() throws {
    var machine = machine()
    let first = machine.arrived(try requests(until: [900, 700, 500, 800])).sends[0]
    let end = machine.completed(first.number, ok, now: MonotonicTime(nanoseconds: 700))
    #expect(ended(end) == [0: ok, 1: .failure(.timeout), 2: .failure(.timeout)])
    #expect(sent(end) == [[3]])
    #expect(machine.waitingCount == 0)
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
