/// Values by key, of which those that were not used for longest are forgotten when there are too many.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let limit: Int
  private var entries: [Key: (value: Value, used: Int)] = [:]
  private var uses = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// The value of a key. Looking it up is using it.
  subscript(key: Key) -> Value? {
    mutating get {
      uses += 1
      entries[key]?.used = uses
      return entries[key]?.value
    }
    set {
      uses += 1
      entries[key] = newValue.map { ($0, uses) }
      if entries.count > limit { forget() }
    }
  }

  /// Forgets a quarter at once, so that this is rare.
  private mutating func forget() {
    let kept = entries.sorted { $0.value.used > $1.value.used }.prefix(limit - limit / 4)
    entries = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
