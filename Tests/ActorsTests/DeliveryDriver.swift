import Model
import TestSupport

@testable import Actors

/// Plays upstream, clock and sender for a delivery, at random, and keeps account of what it does.
struct DeliveryDriver: ~Copyable {
  /// What the delivery did wrong, in words.
  private(set) var faults: [String] = []

  private var random: SplitMix64
  private let count: Int
  private let parallelism: Int
  private let deadline: MonotonicTime
  private var now = MonotonicTime(nanoseconds: 0)
  private var machine: DeliveryStateMachine
  private var flying: Set<Int> = []
  private var pausing: [Int: MonotonicTime] = [:]
  private var lastResults: [Int: UpstreamResult] = [:]
  private var isCancelled = false
  private var isFinished = false

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    count = 1 + random.below(12)
    parallelism = 1 + random.below(6)
    deadline = now + .milliseconds(random.below(4000))
    machine = DeliveryStateMachine(
      count: count, parallelism: parallelism, deadline: deadline,
      retries: RetryPolicy(initialBackoff: .milliseconds(200), maximumBackoff: .seconds(1)))
  }

  /// Drives the delivery to its end.
  mutating func run() {
    if random.oneIn(20) { cancel() }
    take(machine.start(now: now))
    for _ in 0..<100_000 where !isFinished { step() }
    check(isFinished, "the delivery does not end")
    checkEnd()
  }

  private mutating func step() {
    if random.oneIn(40) { return cancel() }
    now = now + .milliseconds(random.below(100))
    // Requests end at the deadline, as their timeouts say.
    if !flying.isEmpty, now >= deadline || random.oneIn(3) { return complete() }
    if let due = pausing.filter({ $0.value <= now }).keys.sorted().first { return endPause(due) }
  }

  private mutating func complete() {
    let index = random.pick(flying.sorted())
    let result = now >= deadline ? UpstreamResult.failure(.timeout) : anyResult()
    flying.remove(index)
    lastResults[index] = told(result, after: lastResults[index])
    let chance = Double(random.below(1000)) / 1000
    take(machine.completed(index, result, now: now, random: chance))
  }

  private mutating func endPause(_ index: Int) {
    pausing[index] = nil
    take(machine.pauseEnded(index, now: now))
  }

  private mutating func cancel() {
    isCancelled = true
    take(machine.cancel())
  }

  private mutating func anyResult() -> UpstreamResult {
    guard !random.oneIn(4) else {
      return .failure(random.pick([.timeout, .network("reset"), .cancelled]))
    }
    let retryAfter: Duration? = random.oneIn(3) ? .milliseconds(random.below(1500)) : nil
    let status = random.pick([200, 204, 400, 408, 429, 500, 503])
    return .response(UpstreamResponse(status: status, retryAfter: retryAfter))
  }

  // MARK: What has to be true

  private mutating func take(_ actions: DeliveryStateMachine.Actions) {
    for send in actions.sends { takeSend(send) }
    for pause in actions.pauses {
      check(pause.until >= now && pause.until < deadline, "\(pause.index) pauses beyond the deadline")
      check(!isCancelled && !flying.contains(pause.index), "\(pause.index) pauses without a reason")
      pausing[pause.index] = pause.until
    }
    check(flying.count <= parallelism, "\(flying.count) requests at once")
    if actions.isFinished {
      check(flying.isEmpty, "the delivery ends while \(flying) are on their way")
      check(isCancelled || pausing.isEmpty, "the delivery ends while \(pausing.keys) pause")
      isFinished = true
    }
  }

  private mutating func takeSend(_ send: DeliveryStateMachine.Actions.Send) {
    check(!isCancelled, "\(send.index) is sent after the load was given up")
    check(now < deadline && send.timeout == deadline - now, "\(send.index) is sent with a wrong timeout")
    check(send.isRetry == (lastResults[send.index] != nil), "\(send.index) is sent under a wrong title")
    check(pausing[send.index] == nil, "\(send.index) is sent while it pauses")
    if let last = lastResults[send.index] { check(isTemporary(last), "\(send.index) is sent again after \(last)") }
    check(flying.insert(send.index).inserted, "\(send.index) is sent twice at once")
  }

  /// That time ran out is not told where the upstream had said more.
  private func told(_ result: UpstreamResult, after last: UpstreamResult?) -> UpstreamResult {
    guard result == .failure(.timeout), let last, case .response(let response) = last else { return result }
    return [500, 503].contains(response.status) ? last : result
  }

  /// Whether trying again may mend it, in other words than the policy's.
  private func isTemporary(_ result: UpstreamResult) -> Bool {
    switch result {
    case .failure(let failure): failure != .cancelled
    case .response(let response):
      [408, 500, 503].contains(response.status) || (response.status == 429 && response.retryAfter != nil)
    }
  }

  private mutating func checkEnd() {
    let results = machine.results
    check(results.count == count, "\(results.count) results of \(count)")
    for (index, result) in results.enumerated() {
      let wasGivenUp = isCancelled && result == .failure(.cancelled)
      let wasLate = now >= deadline && lastResults[index] == nil && result == .failure(.timeout)
      check(result == lastResults[index] || wasGivenUp || wasLate, "\(index) ended as \(result)")
    }
  }

  private mutating func check(_ isTrue: Bool, _ fault: String) {
    if !isTrue { faults.append(fault) }
  }
}
