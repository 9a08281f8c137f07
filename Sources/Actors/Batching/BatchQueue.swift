import DequeModule
import Model

/// The requests that may share a batch, as far as they are not on their way.
struct BatchQueue {
  /// A batch has the time of who has the least. Nobody who has more than so many times as much is in it.
  private static let urgencyFactor = 4

  /// The number of batches on their way.
  var inFlight = 0

  /// The parts of batches that were taken apart: they go first, each as it is.
  private var parts: Deque<[PendingRequest]> = []

  /// Those that were never on their way, in the order in which they came.
  private var waiting: Deque<PendingRequest> = []

  /// The number of requests that wait.
  var waitingCount: Int { waiting.count + parts.reduce(0) { $0 + $1.count } }

  var isEmpty: Bool { waiting.isEmpty && parts.isEmpty }

  /// Whether a request has been here for so long.
  func hasWaited(for duration: Duration, now: MonotonicTime) -> Bool {
    func isLate(_ request: PendingRequest) -> Bool { request.arrival + duration <= now }
    return parts.contains { $0.contains(where: isLate) } || waiting.first.map(isLate) == true
  }

  mutating func append(_ request: PendingRequest) {
    waiting.append(request)
  }

  /// Lets a part of a batch go before all others.
  mutating func prepend(_ part: some Collection<PendingRequest>) {
    if !part.isEmpty { parts.prepend(Array(part)) }
  }

  /// Takes those out that are meant.
  mutating func remove(where isMeant: (PendingRequest) -> Bool) -> [PendingRequest] {
    guard waiting.contains(where: isMeant) || parts.contains(where: { $0.contains(where: isMeant) }) else { return [] }
    let removed = parts.joined().filter(isMeant) + waiting.filter(isMeant)
    parts = Deque(parts.map { $0.filter { !isMeant($0) } }.filter { !$0.isEmpty })
    waiting.removeAll(where: isMeant)
    return removed
  }

  /// Takes what goes together next, of what has time left.
  ///
  /// - Parameter lengthLimit: how long all together may be; the first may be longer.
  /// - Returns: nothing where there is nothing.
  mutating func takeNext(lengthLimit: Int, now: MonotonicTime) -> [PendingRequest] {
    if let part = parts.popFirst() { return part }
    guard let first = waiting.popFirst() else { return [] }
    var next = [first]
    var length = first.length
    var (least, most) = (first.deadline, first.deadline)
    while let candidate = waiting.first {
      length += candidate.length
      least = min(least, candidate.deadline)
      most = max(most, candidate.deadline)
      guard length <= lengthLimit, most - now <= (least - now) * Self.urgencyFactor else { break }
      next.append(candidate)
      waiting.removeFirst()
    }
    return next
  }
}
