import Model

/// Which requests of a tenant wait for each other, and which go together.
///
/// While fewer than so many requests of a tenant are on their way, the next one goes at once. Further ones wait; when one
/// of those on their way has ended, those that wait go as one batch, as far as the limit of its length allows. So nothing
/// waits while there is nothing to wait for, and batches grow with the load and the upstream's slowness (the "group commit" of
/// databases). What has waited for too long goes all the same: one answer that does not come must not hold up a tenant.
///
/// Nobody fails for what others have sent. A batch whose end says nothing of each of its requests is taken apart (see
/// ``BatchDivision``): in halves, until it is known whose fault it is, which takes few requests where it is the fault of
/// few.
struct BatchingStateMachine: ~Copyable {
  /// What has to be done.
  struct Actions {
    /// Batches to send now.
    var sends: [Batch] = []
    /// Requests whose receivers are to be told now.
    var ends: [End] = []
    /// Why a batch was taken apart, where one was.
    var division: BatchDivision?

    struct End {
      var request: PendingRequest
      var result: UpstreamResult
    }

    fileprivate mutating func end(_ requests: some Sequence<PendingRequest>, _ result: UpstreamResult) {
      ends += requests.map { End(request: $0, result: result) }
    }
  }

  private let configuration: BatchingConfiguration
  private var queues: [Batch.Key: BatchQueue] = [:]
  /// Those on their way.
  private var batches: [Int: Batch] = [:]
  private var lastNumber = 0

  init(configuration: BatchingConfiguration) {
    precondition(configuration.requestsBeforeWaiting > 0)
    self.configuration = configuration
  }

  /// The number of requests that wait.
  var waitingCount: Int { queues.values.reduce(0) { $0 + $1.waitingCount } }

  /// Requests are to be sent.
  mutating func arrived(_ requests: [PendingRequest]) -> Actions {
    var actions = Actions()
    for request in requests {
      let key = Batch.Key(request.request)
      if queues[key, default: BatchQueue()].inFlight < configuration.requestsBeforeWaiting {
        queues[key, default: BatchQueue()].inFlight += 1
        actions.sends.append(send([request], key))
      } else {
        queues[key, default: BatchQueue()].append(request)
      }
    }
    return actions
  }

  /// A batch has ended.
  mutating func completed(_ number: Int, _ result: UpstreamResult, now: MonotonicTime) -> Actions {
    guard let batch = batches.removeValue(forKey: number), var queue = queues.removeValue(forKey: batch.key) else {
      preconditionFailure("a batch was completed that was not on its way")
    }
    var actions = Actions()
    actions.division = BatchDivision(batch, result, now: now)
    if actions.division == nil {
      actions.end(batch.requests, result)
    } else {
      Self.divide(batch, into: &queue)
    }
    // Nobody here gives up what is on its way: the transport has come to its end.
    if result == .failure(.cancelled) { actions.end(queue.remove { _ in true }, result) }
    queue.inFlight -= 1
    sendNext(of: &queue, batch.key, now: now, &actions)
    // What is idle is forgotten: there may be tenants without end.
    if queue.inFlight > 0 { queues[batch.key] = queue }
    return actions
  }

  /// Time has passed: what was not sent in time ends, and what has waited for too long is sent.
  mutating func timePassed(now: MonotonicTime) -> Actions {
    var actions = Actions()
    for key in Array(queues.keys) {
      guard var queue = queues[key], !queue.isEmpty else { continue }
      actions.end(queue.remove { $0.deadline <= now }, .failure(.timeout))
      while queue.hasWaited(for: configuration.longestWait, now: now) { sendNext(of: &queue, key, now: now, &actions) }
      queues[key] = queue
    }
    return actions
  }

  /// A receiver gives up all of its requests. What is on its way with those of others goes on for them.
  mutating func cancel(_ receiver: ObjectIdentifier) -> Actions {
    var actions = Actions()
    func isGivenUp(_ request: PendingRequest) -> Bool { ObjectIdentifier(request.receiver) == receiver }
    for key in Array(queues.keys) {
      if let removed = queues[key]?.remove(where: isGivenUp) { actions.end(removed, .failure(.cancelled)) }
    }
    for (number, batch) in batches where batch.requests.contains(where: isGivenUp) {
      actions.end(batch.requests.filter(isGivenUp), .failure(.cancelled))
      batches[number]?.requests.removeAll(where: isGivenUp)
    }
    return actions
  }

  /// Puts the halves of a batch where they go next.
  private static func divide(_ batch: Batch, into queue: inout BatchQueue) {
    let half = (batch.requests.count + 1) / 2
    queue.prepend(batch.requests.dropFirst(half))
    queue.prepend(batch.requests.prefix(half))
  }

  /// Sends what is next in a queue, if anything is.
  private mutating func sendNext(
    of queue: inout BatchQueue, _ key: Batch.Key, now: MonotonicTime, _ actions: inout Actions
  ) {
    actions.end(queue.remove { $0.deadline <= now }, .failure(.timeout))
    let next = queue.takeNext(lengthLimit: configuration.lengthLimit, now: now)
    guard !next.isEmpty else { return }
    queue.inFlight += 1
    actions.sends.append(send(next, key))
  }

  private mutating func send(_ requests: [PendingRequest], _ key: Batch.Key) -> Batch {
    lastNumber += 1
    let batch = Batch(number: lastNumber, key: key, requests: requests)
    batches[lastNumber] = batch
    return batch
  }
}
