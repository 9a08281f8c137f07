package import Model
import Synchronization

/// Joins requests of a tenant that would be on their way at the same time, before another transport sends them.
///
/// Many small loads for a tenant become few larger requests, which is less work for everybody on the way and for the
/// upstream. Each receiver is told how its own request ended; it cannot tell that others were with it. See
/// ``BatchingStateMachine`` for what waits for what.
package final class BatchingUpstream: UpstreamTransport, UpstreamReceiver {
  private let upstream: any UpstreamTransport
  private let time: any TimeSource
  private let metrics: ProxyMetrics
  private let machine: Mutex<BatchingStateMachine>

  /// How often it is looked whether something has waited for too long.
  private let interval: Duration

  /// - Parameter upstream: sends the joined requests. It is not told of requests that are given up: what others do not
  ///   wait for runs out by itself.
  package init(
    _ upstream: any UpstreamTransport, configuration: BatchingConfiguration, time: any TimeSource, metrics: ProxyMetrics
  ) {
    self.upstream = upstream
    self.time = time
    self.metrics = metrics
    interval = min(max(configuration.longestWait / 2, .milliseconds(10)), .milliseconds(500))
    machine = Mutex(BatchingStateMachine(configuration: configuration))
  }

  /// The number of requests that wait.
  package var waitingCount: Int { machine.withLock { $0.waitingCount } }

  /// Looks after what waits, until the task is cancelled.
  package func run() async {
    while true {
      do {
        try await time.sleep(until: time.now + interval)
      } catch {
        return
      }
      perform(machine.withLock { $0.timePassed(now: time.now) })
    }
  }

  package func send(_ requests: [UpstreamRequest], reportingTo receiver: any UpstreamReceiver) {
    let now = time.now
    let pending = requests.map { request in
      PendingRequest(
        request: request, receiver: receiver, arrival: now, deadline: now + request.timeout,
        length: Self.length(of: request))
    }
    perform(machine.withLock { $0.arrived(pending) })
  }

  package func cancelRequests(of receiver: any UpstreamReceiver) {
    perform(machine.withLock { $0.cancel(ObjectIdentifier(receiver)) })
  }

  package func completed(_ number: Int, _ result: UpstreamResult) {
    perform(machine.withLock { $0.completed(number, result, now: time.now) })
  }

  /// Not under the lock: whoever hears of an end may send again at once.
  private func perform(_ actions: BatchingStateMachine.Actions) {
    if let division = actions.division { metrics.dividedBatches.with(division.rawValue).increment() }
    if !actions.sends.isEmpty { upstream.send(actions.sends.map(request), reportingTo: self) }
    for end in actions.ends { end.request.receiver.completed(end.request.request.index, end.result) }
  }

  private func request(_ batch: Batch) -> UpstreamRequest {
    var request = batch.requests[0].request
    request.index = batch.number
    request.timeout = batch.deadline - time.now
    if batch.isJoined {
      request.body = Self.joined(batch.requests.map(\.request.body))
      metrics.countBatch(of: batch.requests.count)
    }
    return request
  }

  private static func length(of request: UpstreamRequest) -> Int {
    do {
      return try SnappyBlock.contentsLength(of: request.body.bytes)
    } catch {
      preconditionFailure("a body that is no block: \(error)")
    }
  }

  private static func joined(_ bodies: [SharedBytes]) -> SharedBytes {
    do {
      return try SnappyBlock.joined(bodies)
    } catch {
      preconditionFailure("bodies that cannot be joined, although their lengths were known: \(error)")
    }
  }
}
