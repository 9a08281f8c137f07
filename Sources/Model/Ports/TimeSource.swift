/// What tells the time, and waits. Everything that depends on time takes one, so that a test can turn
/// the clock by hand.
package protocol TimeSource: Sendable {
  /// Now, for measuring and for deadlines.
  var now: MonotonicTime { get }

  /// Now, as seconds since 1970, for timestamps that people or other programs read.
  var secondsSince1970: Double { get }

  /// Returns at `deadline` or later.
  ///
  /// - Throws: `CancellationError` when the task is cancelled before that.
  func sleep(until deadline: MonotonicTime) async throws
}
