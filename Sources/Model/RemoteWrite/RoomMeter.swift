/// Asks for room while something grows, in steps: few questions for much that is small.
struct RoomMeter {
  /// The least that is asked for at once, in bytes. Small, so that a small load is not refused for room
  /// that it does not need; a usual load asks a handful of times.
  private static let step = 16 << 10

  /// The bytes that there is room for.
  private(set) var granted = 0

  /// Makes sure that there is room for `bytes` in all; at least doubles what there is.
  @inline(__always)
  mutating func cover(_ bytes: Int, _ reserve: (Int) -> Bool) throws(LoadError) {
    if bytes > granted { try grow(bytes, reserve) }
  }

  private mutating func grow(_ bytes: Int, _ reserve: (Int) -> Bool) throws(LoadError) {
    let more = max(bytes - granted, granted, Self.step)
    guard reserve(more) else { throw .noRoom(bytes: more) }
    granted += more
  }
}
