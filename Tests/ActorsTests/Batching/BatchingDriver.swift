import Model
import TestSupport

@testable import Actors

/// Plays senders, upstream and clock for a batching state machine, at random, and keeps account of what it does.
struct BatchingDriver: ~Copyable {
  /// What the machine did wrong, in words.
  private(set) var faults: [String] = []

  private static let tenants = ["a", "b", "c"]

  private var random: SplitMix64
  private let configuration: BatchingConfiguration
  private var machine: BatchingStateMachine
  private let receivers = (0..<5).map { _ in FakeReceiver() }
  private var now = MonotonicTime(nanoseconds: 0)
  private var lastIndex = 0
  /// The requests that have not ended, by index.
  private var open: [Int: PendingRequest] = [:]
  /// Those of them that are not on their way; of those that never were, in the order in which they came.
  private var fresh: [Batch.Key: [Int]] = [:]
  private var parts: Set<Int> = []
  private var flying: [Int: Batch] = [:]
  /// How many batches were sent because something had waited for too long, and have not ended.
  private var overdue: [Batch.Key: Int] = [:]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    configuration = BatchingConfiguration(
      requestsBeforeWaiting: 1 + random.below(3), lengthLimit: 1 + random.below(90),
      longestWait: .milliseconds(1 + random.below(300)))
    machine = BatchingStateMachine(configuration: configuration)
  }

  /// Lets things happen, and then come to an end.
  mutating func run() throws {
    for _ in 0..<300 {
      now = now + .milliseconds(random.below(20))
      switch random.below(20) {
      case 0..<9: try arrive()
      case 9..<16: complete()
      case 16..<19: passTime()
      default: cancel()
      }
      check(machine.waitingCount == fresh.values.reduce(parts.count) { $0 + $1.count }, "\(machine.waitingCount) wait")
    }
    while !flying.isEmpty { complete() }
    check(open.isEmpty && machine.waitingCount == 0, "\(open.keys.sorted()) never end")
  }

  private mutating func arrive() throws {
    let receiver = random.pick(receivers)
    var requests: [PendingRequest] = []
    for _ in 0..<(1 + random.below(5)) {
      lastIndex += 1
      let arrival = now.nanoseconds
      let request = try PendingRequest.fake(
        lastIndex, tenant: random.pick(Self.tenants), length: 1 + random.below(30), arrival: arrival,
        deadline: arrival + 1_000_000 * Int64(1 + random.below(400)), isRetry: random.oneIn(8),
        retryAttempt: random.oneIn(20) ? "1" : nil, of: receiver)
      requests.append(request)
      open[lastIndex] = request
      fresh[Batch.Key(request.request), default: []].append(lastIndex)
    }
    takeSends(machine.arrived(requests))
  }

  private mutating func complete() {
    guard !flying.isEmpty else { return }
    let number = random.pick(flying.keys.sorted())
    guard let batch = flying.removeValue(forKey: number) else { return }
    let result = anyResult()
    // Now and then it is the connection that takes too long.
    if result == .failure(.timeout), !random.oneIn(3) { now = max(now, batch.deadline) }
    if let more = overdue[batch.key], more > 0 { overdue[batch.key] = more - 1 }
    let actions = machine.completed(number, result, now: now)
    let isDivided = batch.isJoined && !batch.requests.isEmpty && concernsSome(result, batch)
    check((actions.division != nil) == isDivided, "\(result) takes a batch apart, or does not")
    if isDivided { parts.formUnion(batch.requests.map(\.request.index)) }
    for end in actions.ends {
      let isOfTheBatch = batch.requests.contains { $0.request.index == end.request.request.index }
      if isOfTheBatch, !isDivided {
        check(end.result == result, "\(end.request.request.index) ends as \(end.result) instead of \(result)")
        close(end)
      } else {
        takeEndOfWaiting(end, whileTheTransportEnds: result == .failure(.cancelled))
      }
    }
    if !isDivided { check(batch.requests.allSatisfy { open[$0.request.index] == nil }, "some of a batch go on") }
    // The turn of the one that has ended is the next one's.
    if actions.sends.count == 1, flying.values.count(where: { $0.key == batch.key }) >= turns(of: batch.key) {
      overdue[batch.key, default: 0] += 1
    }
    takeSends(actions)
  }

  private mutating func passTime() {
    let late = Set(
      fresh.keys.filter { key in
        fresh[key, default: []].contains { isLate($0) }
          || parts.contains { Batch.Key.of(open[$0]) == key && isLate($0) }
      })
    let actions = machine.timePassed(now: now)
    for end in actions.ends { takeEndOfWaiting(end, whileTheTransportEnds: false) }
    check(open.values.allSatisfy { $0.deadline > now || isFlying($0) }, "something waits beyond its time")
    for (number, send) in actions.sends.enumerated() {
      check(late.contains(send.key), "something is sent before it has waited for too long")
      let before = actions.sends.prefix(number).count { $0.key == send.key }
      let inFlight = flying.values.count { $0.key == send.key } + before
      if inFlight >= turns(of: send.key) { overdue[send.key, default: 0] += 1 }
    }
    takeSends(actions)
    check(open.values.allSatisfy { isFlying($0) || !isLate($0.request.index) }, "something waits for too long")
  }

  private func isLate(_ index: Int) -> Bool {
    guard let request = open[index] else { return false }
    return request.arrival + configuration.longestWait <= now
  }

  private mutating func cancel() {
    let receiver = random.pick(receivers)
    let actions = machine.cancel(ObjectIdentifier(receiver))
    let expected = open.values.filter { $0.receiver === receiver }.map(\.request.index)
    check(Set(actions.ends.map(\.request.request.index)) == Set(expected), "not all are given up")
    check(actions.sends.isEmpty, "something is sent because others give up")
    for end in actions.ends {
      check(end.result == .failure(.cancelled), "given up as \(end.result)")
      close(end)
    }
  }

  private mutating func anyResult() -> UpstreamResult {
    guard !random.oneIn(4) else {
      return .failure(random.pick([.timeout, .timeout, .network("reset"), .cancelled]))
    }
    let retryAfter: Duration? = random.oneIn(2) ? .seconds(1) : nil
    return .response(
      UpstreamResponse(status: random.pick([200, 200, 204, 400, 408, 429, 500, 503]), retryAfter: retryAfter))
  }

  // MARK: What has to be true

  /// Whether the end of a batch is not to be taken for that of each of its requests, in other words than the machine's.
  private func concernsSome(_ result: UpstreamResult, _ batch: Batch) -> Bool {
    switch result {
    case .failure(let failure): failure == .timeout && now >= batch.deadline
    case .response(let response):
      response.status == 400 || (response.status == 429 && (response.retryAfter == nil || batch.key.isRepeated))
    }
  }

  private mutating func takeEndOfWaiting(
    _ end: BatchingStateMachine.Actions.End, whileTheTransportEnds isTheTransports: Bool
  ) {
    let isLate = end.result == .failure(.timeout) && end.request.deadline <= now
    check(
      isLate || (isTheTransports && end.result == .failure(.cancelled)),
      "\(end.request.request.index) ends as \(end.result) while it waits")
    close(end)
  }

  private mutating func takeSends(_ actions: BatchingStateMachine.Actions) {
    for send in actions.sends { takeSend(send) }
    for key in Set(fresh.keys).union(flying.values.map(\.key)) { checkTurns(of: key) }
  }

  private mutating func takeSend(_ batch: Batch) {
    check(flying.updateValue(batch, forKey: batch.number) == nil, "a number is used twice")
    check(!batch.requests.isEmpty && batch.isJoined == (batch.requests.count > 1), "a batch under a wrong title")
    check(batch.requests.allSatisfy { Batch.Key($0.request) == batch.key }, "strangers share a batch")
    let length = batch.requests.reduce(0) { $0 + $1.length }
    check(!batch.isJoined || length <= configuration.lengthLimit, "a batch of \(length) bytes")
    for request in batch.requests {
      let index = request.request.index
      check(open[index] != nil, "\(index) is sent after its end")
      check(request.deadline > now, "\(index) is sent too late")
      if parts.remove(index) == nil {
        check(fresh[batch.key]?.first == index, "\(index) is sent before its turn")
        fresh[batch.key]?.removeFirst()
        let isPatient = request.deadline - now <= (batch.deadline - now) * 4
        check(isPatient, "\(index) goes with who has too little time")
      }
    }
  }

  private func turns(of key: Batch.Key) -> Int { configuration.requestsBeforeWaiting + overdue[key, default: 0] }

  /// Nobody waits while there is a turn to be had.
  private mutating func checkTurns(of key: Batch.Key) {
    let inFlight = flying.values.count { $0.key == key }
    check(inFlight <= turns(of: key), "\(inFlight) batches at once")
    let waits = fresh[key]?.isEmpty == false
    check(!waits || inFlight >= configuration.requestsBeforeWaiting, "something waits for nothing")
  }

  private func isFlying(_ request: PendingRequest) -> Bool {
    flying.values.contains { $0.requests.contains { $0.request.index == request.request.index } }
  }

  private mutating func close(_ end: BatchingStateMachine.Actions.End) {
    let index = end.request.request.index
    check(open.removeValue(forKey: index) != nil, "\(index) ends twice")
    parts.remove(index)
    fresh[Batch.Key(end.request.request)]?.removeAll { $0 == index }
    for number in flying.keys { flying[number]?.requests.removeAll { $0.request.index == index } }
  }

  private mutating func check(_ isTrue: Bool, _ fault: String) {
    if !isTrue { faults.append(fault) }
  }
}

extension Batch.Key {
  fileprivate static func of(_ request: PendingRequest?) -> Batch.Key? {
    request.map { Batch.Key($0.request) }
  }
}
