import Model

/// Which of some files may be read now: those that have changed, and not for a while.
///
/// A program may write a file in several steps, and an editor may take one away before it puts another in its place. What
/// changes is therefore left alone until it has looked the same for a while, and until then the state before is the one
/// that counts. A file that could not be read is told of again at each look, though it looks the same: what was in the way
/// may be gone. Nobody has to look for it, and so it has no part in the deadline.
struct SettlingFiles<Name: Hashable & Comparable & Sendable, Stamp: Equatable & Sendable>: Sendable {
  /// A file as it looks now; without a stamp, it is gone.
  struct Change: Sendable {
    let name: Name
    let stamp: Stamp?
  }

  private struct Candidate {
    var stamp: Stamp?
    var since: MonotonicTime
  }

  private let patience: Duration
  private var taken: [Name: Stamp] = [:]
  private var candidates: [Name: Candidate] = [:]
  /// Those that were taken, and could not be read.
  private var unread: Set<Name> = []

  /// - Parameter patience: how long a file has to look the same.
  init(patience: Duration) {
    self.patience = patience
  }

  /// When the next file will have settled, if it does not change again; `nil` where all have.
  var deadline: MonotonicTime? {
    candidates.values.map(\.since).min().map { $0 + patience }
  }

  /// Looks at all files.
  ///
  /// - Returns: those that have settled in another state than the one that was taken, or that could not be read, by name.
  mutating func look(at stamps: [Name: Stamp], now: MonotonicTime) -> [Change] {
    candidates = candidates.filter { stamps[$0.key] != nil || taken[$0.key] != nil }
    var settled: [Change] = []
    for (name, stamp) in stamps { look(at: name, stamp, now: now, &settled) }
    for name in taken.keys where stamps[name] == nil { look(at: name, nil, now: now, &settled) }
    return settled.sorted { $0.name < $1.name }
  }

  /// The change has been read.
  ///
  /// - Parameter isRead: whether it could be.
  mutating func take(_ change: Change, isRead: Bool = true) {
    taken[change.name] = change.stamp
    candidates[change.name] = nil
    if isRead { unread.remove(change.name) } else { unread.insert(change.name) }
  }

  private mutating func look(at name: Name, _ stamp: Stamp?, now: MonotonicTime, _ settled: inout [Change]) {
    guard stamp != taken[name] else {
      candidates[name] = nil
      if unread.contains(name) { settled.append(Change(name: name, stamp: stamp)) }
      return
    }
    guard let candidate = candidates[name], candidate.stamp == stamp else {
      candidates[name] = Candidate(stamp: stamp, since: now)
      return
    }
    if candidate.since + patience <= now { settled.append(Change(name: name, stamp: stamp)) }
  }
}
