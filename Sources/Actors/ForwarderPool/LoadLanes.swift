import Model
import Synchronization

/// The lanes of a forwarder pool, one for each thread that connections live on.
///
/// To split a usual load takes less than a millisecond; to have another thread do it, and to be told when it is done, takes
/// a tenth of that. What may take longer goes to the pool, so that the thread's other connections are not kept waiting, and
/// that many loads of one connection share all processors.
package final class LoadLanes: Sendable {
  /// How long the loads in a lane may keep its thread.
  private static let limit = Duration.milliseconds(2)

  private let lanes = Mutex<[ObjectIdentifier: LoadLane]>([:])
  private let pace = SplitPace()

  package init() {}

  /// Hands a load in: to the lane of its connection's thread where there is room and the load is short, else to
  /// `mailbox`.
  ///
  /// - Returns: whether there was room for it in the mailbox, which counts the loads of lanes, too.
  func offer(_ load: Load, to mailbox: Mailbox<Load>) -> Bool {
    guard let place = place(for: load) else { return mailbox.offer(load) }
    var load = load
    load.place = place
    if mailbox.offer(load, by: place.lane.entrance) { return true }
    place.lane.leave(place)
    return false
  }

  /// Opens the lane of a thread.
  ///
  /// - Returns: the lane, to be worked on; `nil` where it is open.
  func open(_ executor: (any TaskExecutor)?) -> LoadLane? {
    guard let executor else { return nil }
    return lanes.withLock { lanes in
      guard lanes[ObjectIdentifier(executor)] == nil else { return nil }
      let lane = LoadLane(executor: executor)
      lanes[ObjectIdentifier(executor)] = lane
      return lane
    }
  }

  /// Lets no more loads into any of the lanes.
  func close() {
    for lane in lanes.withLock({ $0.values }) { lane.close() }
  }

  /// A load was split, which took a while.
  func split(_ load: Load, took duration: Duration) {
    if let place = load.place { place.lane.leave(place) }
    pace.note(bytes: load.body.count, nanoseconds: Int(duration / .nanoseconds(1)))
  }

  private func place(for load: Load) -> LanePlace? {
    guard let executor = load.origin.workExecutor else { return nil }
    return lanes.withLock { $0[ObjectIdentifier(executor)] }?.place(
      for: pace.nanoseconds(bytes: load.body.count), limit: Int(Self.limit / .nanoseconds(1)))
  }
}
