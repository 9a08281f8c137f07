import Model
import TestSupport

@testable import Actors

/// Plays senders, upstream and clock for a batching state machine, at random, and keeps account of what it does.
struct BatchingDriver: ~Copyable {
  /// What the machine did wrong, in words.
  private(set) var faults: [String] = []

  private static let tenants = ["a", "b", "c"]

  private var random: SplitMix64
  private let inTurn: Int
  private let lengthLimit: Int
  private var machine: BatchingStateMachine
  private let receivers = (0..<5).map { _ in FakeReceiver() }
  private var now = MonotonicTime(nanoseconds: 0)
  private var lastIndex = 0
  /// The requests that have not ended, by index.
  private var open: [Int: PendingRequest] = [:]
  /// The requests that were not sent yet, by tenant, in the order in which they came.
  private var waiting: [String: [Int]] = [:]
  private var flying: [Int: Batch] = [:]
  /// What was said of a request by the upstream when it was sent alone or with others.
  private var said: [Int: UpstreamResult] = [:]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    inTurn = 1 + random.below(3)
    lengthLimit = 1 + random.below(60)
    machine = BatchingStateMachine(
      configuration: BatchingConfiguration(requestsBeforeWaiting: inTurn, lengthLimit: lengthLimit))
  }

  /// Lets things happen, and then come to an end.
  mutating func run() throws {
    for _ in 0..<300 {
      now = now + .milliseconds(random.below(20))
      switch random.below(20) {
      case 0..<9: try arrive()
      case 9..<19: complete()
      default: cancel()
      }
      check(machine.waitingCount == waiting.values.reduce(0) { $0 + $1.count }, "\(machine.waitingCount) wait")
    }
    while !flying.isEmpty { complete() }
    check(open.isEmpty && machine.waitingCount == 0, "\(open.keys.sorted()) never end")
  }

  private mutating func arrive() throws {
    let receiver = random.pick(receivers)
    var requests: [PendingRequest] = []
    for _ in 0..<(1 + random.below(5)) {
      lastIndex += 1
      let request = try PendingRequest.fake(
        lastIndex, tenant: random.pick(Self.tenants), length: 1 + random.below(30),
        deadline: now + .milliseconds(1 + random.below(400)), isRetry: random.oneIn(8),
        retryAttempt: random.oneIn(20) ? "1" : nil, of: receiver)
      requests.append(request)
      open[lastIndex] = request
      waiting[request.request.tenant.name, default: []].append(lastIndex)
    }
    take(machine.arrived(requests))
  }

  private mutating func complete() {
    guard !flying.isEmpty else { return }
    let number = random.pick(flying.keys.sorted())
    guard let batch = flying.removeValue(forKey: number) else { return }
    let result = anyResult()
    if result == .failure(.timeout) { now = max(now, batch.deadline) }
    for request in batch.requests { said[request.request.index] = result }
    // A batch that goes again makes no end for those that were in it.
    take(machine.completed(number, result, now: now), after: batch, result)
  }

  private mutating func cancel() {
    let receiver = random.pick(receivers)
    let actions = machine.cancel(ObjectIdentifier(receiver))
    let expected = open.values.filter { $0.receiver === receiver }.map(\.request.index)
    check(Set(actions.ends.map(\.request.request.index)) == Set(expected), "not all are given up")
    check(actions.sends.isEmpty, "something is sent because others give up")
    for end in actions.ends { check(end.result == .failure(.cancelled), "given up as \(end.result)") }
    for index in expected { close(index) }
  }

  private mutating func anyResult() -> UpstreamResult {
    guard !random.oneIn(4) else { return .failure(random.pick([.timeout, .network("reset"), .cancelled])) }
    return .response(UpstreamResponse(status: random.pick([200, 200, 204, 400, 408, 429, 500, 503])))
  }

  // MARK: What has to be true

  private mutating func take(
    _ actions: BatchingStateMachine.Actions, after batch: Batch? = nil, _ result: UpstreamResult? = nil
  ) {
    for end in actions.ends { takeEnd(end, after: batch, result) }
    for send in actions.sends { takeSend(send) }
    for tenant in Self.tenants { checkTurns(of: tenant) }
  }

  private mutating func takeEnd(
    _ end: BatchingStateMachine.Actions.End, after batch: Batch?, _ result: UpstreamResult?
  ) {
    let index = end.request.request.index
    check(open[index] != nil, "\(index) ends twice")
    if batch?.requests.contains(where: { $0.request.index == index }) == true {
      check(end.result == said[index], "\(index) ends as \(end.result)")
      if batch?.isJoined == true { check(!isOfTheContents(end.result), "\(index) is told what was said of others") }
    } else {
      let isLate = end.result == .failure(.timeout) && end.request.deadline <= now
      let isTheTransports = end.result == .failure(.cancelled) && result == .failure(.cancelled)
      check(isLate || isTheTransports, "\(index) ends as \(end.result) without having been sent")
    }
    close(index)
  }

  private mutating func takeSend(_ batch: Batch) {
    check(flying.updateValue(batch, forKey: batch.number) == nil, "a number is used twice")
    check(!batch.requests.isEmpty && batch.isJoined == (batch.requests.count > 1), "a batch under a wrong title")
    let tenant = batch.requests[0].request.tenant.name
    check(batch.requests.allSatisfy { $0.request.tenant.name == tenant }, "tenants share a batch")
    let length = batch.requests.reduce(0) { $0 + $1.length }
    check(!batch.isJoined || length <= lengthLimit, "a batch of \(length) bytes")
    check(!batch.isJoined || batch.requests.allSatisfy { !$0.goesAlone }, "what failed before goes with others")
    for request in batch.requests {
      let index = request.request.index
      check(open[index] != nil, "\(index) is sent after its end")
      if batch.turn != nil { check(request.deadline > now || !batch.isJoined, "\(index) is sent too late") }
      if batch.turn != nil {
        let isFirst = waiting[tenant]?.first { open[$0]?.goesAlone == false } == index
        check(isFirst, "\(index) is sent before its turn")
      }
      waiting[tenant]?.removeAll { $0 == index }
    }
  }

  /// Nobody waits while there is a turn to be had.
  private mutating func checkTurns(of tenant: String) {
    let inFlight = flying.values.count { $0.turn?.tenant.name == tenant }
    check(inFlight <= inTurn, "\(inFlight) batches of \(tenant) at once")
    let waits = waiting[tenant]?.isEmpty == false
    check(!waits || inFlight == inTurn, "\(tenant) waits for nothing")
  }

  /// Whether an answer says something against what was sent.
  private func isOfTheContents(_ result: UpstreamResult) -> Bool {
    guard case .response(let response) = result else { return false }
    return [400, 429].contains(response.status)
  }

  private mutating func close(_ index: Int) {
    guard let request = open.removeValue(forKey: index) else { return }
    waiting[request.request.tenant.name]?.removeAll { $0 == index }
    for number in flying.keys { flying[number]?.requests.removeAll { $0.request.index == index } }
  }

  private mutating func check(_ isTrue: Bool, _ fault: String) {
    if !isTrue { faults.append(fault) }
  }
}
