import Synchronization

/// The share of the byte budget that one load holds. It goes back by itself when the load is gone,
/// however it ended.
package final class Reservation: Sendable {
  private let budget: ByteBudget
  private let held = Atomic<Int>(0)

  package init(of budget: ByteBudget) {
    self.budget = budget
  }

  deinit {
    budget.giveBack(held.load(ordering: .relaxed))
  }

  /// The bytes held.
  package var bytes: Int { held.load(ordering: .relaxed) }

  /// Takes `bytes` more.
  ///
  /// - Returns: whether there was room for them.
  package func grow(by bytes: Int) -> Bool {
    guard budget.take(bytes) else { return false }
    held.wrappingAdd(bytes, ordering: .relaxed)
    return true
  }

  /// Whether there would be room for `bytes` more if there were no other loads. If not, trying again
  /// does not help.
  package func couldEverGrow(by bytes: Int) -> Bool {
    held.load(ordering: .relaxed) + bytes <= budget.limit
  }

  /// Gives back what is held above `bytes`.
  package func shrink(to bytes: Int) {
    let excess = held.load(ordering: .relaxed) - bytes
    guard excess > 0 else { return }
    held.wrappingSubtract(excess, ordering: .relaxed)
    budget.giveBack(excess)
  }
}
