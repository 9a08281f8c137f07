import Synchronization

/// The bytes that loads may hold at a time: what keeps the process small while the upstream is slow.
package final class ByteBudget: Sendable {
  /// The limit, in bytes.
  package let limit: Int

  private let used = Atomic<Int>(0)

  package init(limit: Int) {
    self.limit = limit
  }

  /// The bytes held now.
  package var inUse: Int { used.load(ordering: .relaxed) }

  /// Takes `bytes` if there is room for them.
  func take(_ bytes: Int) -> Bool {
    if used.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit { return true }
    giveBack(bytes)
    return false
  }

  /// Gives `bytes` back.
  func giveBack(_ bytes: Int) {
    used.wrappingSubtract(bytes, ordering: .relaxed)
  }
}
