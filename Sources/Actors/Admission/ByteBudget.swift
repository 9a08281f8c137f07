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
  ///
  /// What is refused is never counted, not even for a moment: it would stand in the way of what fits.
  func take(_ bytes: Int) -> Bool {
    var current = used.load(ordering: .relaxed)
    while bytes <= limit - current {
      let (exchanged, original) = used.weakCompareExchange(
        expected: current, desired: current + bytes, ordering: .relaxed)
      if exchanged { return true }
      current = original
    }
    return false
  }

  /// Gives `bytes` back.
  func giveBack(_ bytes: Int) {
    used.wrappingSubtract(bytes, ordering: .relaxed)
  }
}
