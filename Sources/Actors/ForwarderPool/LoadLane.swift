import Synchronization

/// The way of loads that are split on the thread of the connections on which they came, instead of one of the pool's:
/// there is nobody to be woken for them.
final class LoadLane: Sendable {
  /// The thread.
  let executor: any TaskExecutor

  /// The loads, for the task that works on them.
  let loads: AsyncStream<Load>

  /// Where loads get in.
  let entrance: AsyncStream<Load>.Continuation

  /// How long the loads that are in the lane may keep its thread, in nanoseconds.
  private let backlog = Atomic<Int>(0)

  init(executor: any TaskExecutor) {
    self.executor = executor
    (loads, entrance) = AsyncStream.makeStream()
  }

  /// Takes a place in the lane.
  ///
  /// - Parameters:
  ///   - nanoseconds: how long the load may take.
  ///   - limit: how long all loads in the lane may take.
  /// - Returns: `nil` where that would be longer.
  func place(for nanoseconds: Int, limit: Int) -> LanePlace? {
    // Places are taken on one thread only, and given back on any: this may refuse, but never grant, too much.
    guard backlog.load(ordering: .relaxed) + nanoseconds <= limit else { return nil }
    backlog.wrappingAdd(nanoseconds, ordering: .relaxed)
    return LanePlace(lane: self, nanoseconds: nanoseconds)
  }

  /// Gives a place back: its load is split, or did not get in.
  func leave(_ place: LanePlace) {
    backlog.wrappingSubtract(place.nanoseconds, ordering: .relaxed)
  }

  /// Lets no more loads in.
  func close() {
    entrance.finish()
  }
}
