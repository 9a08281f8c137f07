/// Keeps events from being a flood, as Kubernetes' own clients do: the same event again counts up the one that is
/// there, more than ten that differ in their note alone become one, and one resource has no more than 25 at once and
/// one in five minutes after that.
package struct EventCorrelator: ~Copyable {
  /// What is to become of an event.
  package enum Action: Sendable, Equatable {
    /// It is new. Once it is there, ``EventCorrelator/created(_:as:)`` is told its name.
    case create(RuleEvent, EventKey)
    /// It is there already, in the namespace of its resource; so often now.
    case count(RuleEvent, EventKey, name: String, total: Int)
    /// It is one too many.
    case drop
  }

  private struct Kind: Hashable, Sendable {
    var resource: ResourceID
    var uid: String
    var kind: RuleEvent.Kind
    var reason: String
  }

  private struct Similar: Sendable {
    var notes: Set<String> = []
    var last: MonotonicTime
  }

  private struct Recorded: Sendable {
    var name: String?
    var count: Int
  }

  private static let capacity = 4096
  private static let similarLimit = 10
  private static let similarInterval = Duration.seconds(600)
  private static let burst = 25
  private static let perSecond = 1.0 / 300

  private var similar = RecentlyUsed<Kind, Similar>(limit: capacity)
  private var recorded = RecentlyUsed<EventKey, Recorded>(limit: capacity)
  private var buckets = RecentlyUsed<ResourceID, TokenBucket>(limit: capacity)

  package init() {}

  /// Something has happened.
  package mutating func observe(_ event: RuleEvent, at now: MonotonicTime) -> Action {
    let (event, key) = combined(event, at: now)
    // Counted whether it is written or not, as it did happen.
    var entry = recorded[key] ?? Recorded(name: nil, count: 0)
    entry.count += 1
    recorded[key] = entry
    guard mayWrite(about: event.resource, at: now) else { return .drop }
    guard let name = entry.name else { return .create(event, key) }
    return .count(event, key, name: name, total: entry.count)
  }

  /// An event was created.
  ///
  /// - Parameter name: what the server called it.
  package mutating func created(_ key: EventKey, as name: String) {
    guard var entry = recorded[key] else { return }
    entry.name = name
    recorded[key] = entry
  }

  /// An event is not there any more: the server forgets them after a while.
  package mutating func vanished(_ key: EventKey) {
    recorded[key] = Recorded(name: nil, count: 1)
  }

  /// An event that is one of many of its kind becomes one that stands for all of them.
  private mutating func combined(_ event: RuleEvent, at now: MonotonicTime) -> (RuleEvent, EventKey) {
    let kind = Kind(resource: event.resource, uid: event.uid, kind: event.kind, reason: event.reason)
    var known = similar[kind] ?? Similar(last: now)
    if now - known.last > Self.similarInterval { known.notes = [] }
    known.last = now
    known.notes.insert(event.note)
    let isOneOfMany = known.notes.count >= Self.similarLimit
    // Which notes they were does not matter any more, only that there are many.
    if known.notes.count > Self.similarLimit, let note = known.notes.first { known.notes.remove(note) }
    similar[kind] = known
    guard isOneOfMany else { return (event, EventKey(event, note: event.note)) }
    var event = event
    event.note = "(combined from similar events): \(event.note)"
    return (event, EventKey(event, note: nil))
  }

  private mutating func mayWrite(about resource: ResourceID, at now: MonotonicTime) -> Bool {
    var bucket = buckets[resource] ?? TokenBucket(perSecond: Self.perSecond, burst: Self.burst, at: now)
    defer { buckets[resource] = bucket }
    return bucket.take(at: now)
  }
}
