/// A load's place in the lane of a thread, until it is split.
struct LanePlace: Sendable {
  let lane: LoadLane
  /// How long the load may keep the thread.
  let nanoseconds: Int
}
