package import Model
import Synchronization

/// A clock on which every sleep is over at once, and the time is then as late as was waited for.
package final class ImpatientTime: TimeSource {
  private let state = Mutex(MonotonicTime(nanoseconds: 1_000_000_000_000))

  package init() {}

  package var now: MonotonicTime { state.withLock { $0 } }

  package var secondsSince1970: Double { Double(now.nanoseconds) / 1e9 }

  package func sleep(until deadline: MonotonicTime) async throws {
    try Task.checkCancellation()
    state.withLock { $0 = max($0, deadline) }
  }
}
