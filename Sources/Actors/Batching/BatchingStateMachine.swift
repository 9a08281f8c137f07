import DequeModule
import Model

/// Which requests of a tenant wait for each other, and which go together.
///
/// While fewer than so many requests of a tenant are on their way, the next one goes at once. Further ones `wait`; when one
/// of those on their way has ended, all that wait go as one batch, as far as the limit of its length allows. So nothing
/// waits while there is nothing to wait for, and batches grow with the load and the upstream's slowness (the "group commit" of
/// databases).
///
/// Nobody fails for what others have sent. An answer that says something against a batch's contents says it of all and
/// none of its requests: each of them goes again, alone, and has an answer of its own. So does what has time left when the
/// time of another in its batch has run out. Failures that say nothing of the contents are everybody's, and whoever tries
/// again after them goes alone.
struct BatchingStateMachine: ~Copyable {
  /// What has to be done.
  struct Actions {
    /// Batches to send now.
    var sends: [Batch] = []
    /// Requests whose receivers are to be told now.
    var ends: [End] = []

    struct End {
      var request: PendingRequest
      var result: UpstreamResult
    }

    fileprivate mutating func end(_ requests: some Sequence<PendingRequest>, _ result: UpstreamResult) {
      ends += requests.map { End(request: $0, result: result) }
    }
  }

  private struct Queue {
    /// The number of batches on their way whose turn it is.
    var inFlight = 0
    var waiting: Deque<PendingRequest> = []
  }

  /// The number of requests that wait.
  private(set) var waitingCount = 0

  private let configuration: BatchingConfiguration
  private var queues: [Batch.Key: Queue] = [:]
  /// Those on their way, without the requests that were given up.
  private var batches: [Int: Batch] = [:]
  private var lastNumber = 0

  init(configuration: BatchingConfiguration) {
    precondition(configuration.requestsBeforeWaiting > 0)
    self.configuration = configuration
  }

  /// Requests are to be sent.
  mutating func arrived(_ requests: [PendingRequest]) -> Actions {
    var actions = Actions()
    for request in requests {
      guard !request.goesAlone else {
        actions.sends.append(send([request], inTurn: nil))
        continue
      }
      let key = Batch.Key(request.request)
      if queues[key, default: Queue()].inFlight < configuration.requestsBeforeWaiting {
        queues[key, default: Queue()].inFlight += 1
        actions.sends.append(send([request], inTurn: key))
      } else {
        queues[key, default: Queue()].waiting.append(request)
        waitingCount += 1
      }
    }
    return actions
  }

  /// A batch has ended.
  mutating func completed(_ number: Int, _ result: UpstreamResult, now: MonotonicTime) -> Actions {
    guard let batch = batches.removeValue(forKey: number) else {
      preconditionFailure("a batch was completed that was not on its way")
    }
    var actions = Actions()
    for request in batch.requests {
      if batch.isJoined, Self.saysNothing(result, of: request, now: now) {
        actions.sends.append(send([request], inTurn: nil))
      } else {
        actions.end(CollectionOfOne(request), result)
      }
    }
    if let turn = batch.turn { sendNext(turn, after: result, now: now, &actions) }
    return actions
  }

  /// Whether the end of a batch is not to be believed to be that of one of its requests.
  private static func saysNothing(_ result: UpstreamResult, of request: PendingRequest, now: MonotonicTime) -> Bool {
    switch result {
    case .response(let response): 400..<500 ~= response.status && response.status != 408
    case .failure(.timeout): request.deadline > now
    case .failure: false
    }
  }

  /// A receiver gives up all of its requests. What is on its way with those of others goes on for them.
  mutating func cancel(_ receiver: ObjectIdentifier) -> Actions {
    var actions = Actions()
    func isGivenUp(_ request: PendingRequest) -> Bool { ObjectIdentifier(request.receiver) == receiver }
    for (key, queue) in queues where queue.waiting.contains(where: isGivenUp) {
      actions.end(queue.waiting.filter(isGivenUp), .failure(.cancelled))
      queues[key]?.waiting.removeAll(where: isGivenUp)
    }
    waitingCount -= actions.ends.count
    for (number, batch) in batches where batch.requests.contains(where: isGivenUp) {
      actions.end(batch.requests.filter(isGivenUp), .failure(.cancelled))
      batches[number]?.requests.removeAll(where: isGivenUp)
    }
    return actions
  }

  /// A batch has ended whose turn it was: that of those that wait begins.
  private mutating func sendNext(
    _ key: Batch.Key, after result: UpstreamResult, now: MonotonicTime, _ actions: inout Actions
  ) {
    guard var queue = queues.removeValue(forKey: key) else { preconditionFailure("a turn without a queue") }
    // Nobody here gives up what is on its way: the transport has come to its end.
    if result == .failure(.cancelled) {
      actions.end(queue.waiting, result)
      waitingCount -= queue.waiting.count
      queue.waiting.removeAll()
    }
    let next = takeNext(&queue.waiting, now: now, &actions)
    if next.isEmpty { queue.inFlight -= 1 } else { actions.sends.append(send(next, inTurn: key)) }
    // What is idle is forgotten: there may be tenants without end.
    if queue.inFlight > 0 { queues[key] = queue }
  }

  /// Takes what goes together next. What has waited for too long ends instead.
  private mutating func takeNext(
    _ waiting: inout Deque<PendingRequest>, now: MonotonicTime, _ actions: inout Actions
  ) -> [PendingRequest] {
    var next: [PendingRequest] = []
    var length = 0
    while let first = waiting.first {
      if first.deadline <= now {
        actions.end(CollectionOfOne(first), .failure(.timeout))
      } else if next.isEmpty || length + first.length <= configuration.lengthLimit {
        next.append(first)
        length += first.length
      } else {
        break
      }
      waiting.removeFirst()
      waitingCount -= 1
    }
    return next
  }

  private mutating func send(_ requests: [PendingRequest], inTurn turn: Batch.Key?) -> Batch {
    lastNumber += 1
    let batch = Batch(number: lastNumber, requests: requests, turn: turn)
    batches[lastNumber] = batch
    return batch
  }
}
