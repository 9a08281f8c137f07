/// Keeps a copy of the resources of a namespace: by a list, and by a watch from there on for as long as that goes.
///
/// What was listed stays until there is a new list: a server that is away takes nothing from the copy. Every input
/// returns what is to be done next, so that there is never more than one thing under way.
package struct Reflector<Item: Sendable>: ~Copyable {
  /// What is to be done next, to be reported by the function named.
  package enum Action: Sendable, Equatable {
    /// ``Reflector/listed(_:now:random:)``
    case list
    /// For so many seconds at most; ``Reflector/apply(_:)`` and then ``Reflector/watchEnded(_:now:random:)``
    case watch(from: String, seconds: Int)
    /// ``Reflector/waited(now:random:)``
    case wait(until: MonotonicTime)
  }

  private enum Next {
    case list
    case watch
  }

  /// The resources; empty before the first list.
  package private(set) var items: [ResourceID: Item] = [:]
  /// Of the last list.
  package private(set) var faults: [String] = []
  /// Whether there was a list.
  package private(set) var isListed = false

  private let resync: Duration?
  private var backoff: Backoff
  private var version = ""
  private var next = Next.list
  /// When the next list is due.
  private var listDue: MonotonicTime?
  private var watchBegan: MonotonicTime?
  private var hasChanges = false

  /// - Parameter resync: how often all is listed anew even where nothing fails; `nil` for never.
  package init(resync: Duration?, backoff: Backoff = Backoff()) {
    self.resync = resync
    self.backoff = backoff
  }

  /// All was listed, or could not be.
  package mutating func listed(
    _ result: Result<ResourceListing<Item>, KubernetesFailure>, now: MonotonicTime, random: Double
  ) -> Action {
    switch result {
    case .success(let listing):
      items = listing.items
      faults = listing.faults
      version = listing.version
      isListed = true
      listDue = resync.map { now + $0 }
      return watch(now: now, random: random)
    case .failure(let failure):
      return wait(then: .list, atLeast: failure.retryAfter, now: now, random: random)
    }
  }

  /// The watch told something.
  ///
  /// - Returns: whether ``items`` are others now.
  package mutating func apply(_ changes: [ResourceChange<Item>]) -> Bool {
    var isChanged = false
    for change in changes {
      hasChanges = true
      switch change {
      case .set(let id, let item, let version):
        items[id] = item
        self.version = version
        isChanged = true
      case .removed(let id, let version):
        isChanged = items.removeValue(forKey: id) != nil || isChanged
        self.version = version
      case .bookmark(let version):
        self.version = version
      }
    }
    return isChanged
  }

  /// The watch is over.
  package mutating func watchEnded(_ ending: WatchEnding, now: MonotonicTime, random: Double) -> Action {
    switch ending {
    case .closed:
      if let listDue, listDue <= now { return .list }
      // A server that closes at once would be asked for ever, as fast as it can answer.
      let isVeryShort = !hasChanges && watchBegan.map { now - $0 < .seconds(1) } ?? false
      return isVeryShort ? wait(then: .watch, now: now, random: random) : watch(now: now, random: random)
    case .failed(let failure) where failure.kind == .throttled:
      return wait(then: .watch, atLeast: failure.retryAfter, now: now, random: random)
    case .failed(let failure):
      return wait(then: .list, atLeast: failure.retryAfter, now: now, random: random)
    case .broken:
      return wait(then: .watch, now: now, random: random)
    case .unreadable:
      return wait(then: .list, now: now, random: random)
    }
  }

  /// A wait is over.
  package mutating func waited(now: MonotonicTime, random: Double) -> Action {
    switch next {
    case .list: .list
    case .watch: watch(now: now, random: random)
    }
  }

  /// - Parameter random: spreads the ends of watches, which else came all at once after a restart of the server.
  private mutating func watch(now: MonotonicTime, random: Double) -> Action {
    if let listDue, listDue <= now { return .list }
    watchBegan = now
    hasChanges = false
    let untilList = listDue.map { max(1, Int(($0 - now).inSeconds.rounded(.up))) } ?? .max
    return .watch(from: version, seconds: min(300 + Int(300 * random), untilList))
  }

  private mutating func wait(
    then next: Next, atLeast least: Duration? = nil, now: MonotonicTime, random: Double
  ) -> Action {
    self.next = next
    return .wait(until: now + max(least ?? .zero, backoff.next(at: now, random: random)))
  }
}
