internal import Glibc
package import Model

/// The computer's clocks.
package struct SystemTime: TimeSource {
  package init() {}

  package var now: MonotonicTime {
    MonotonicTime(nanoseconds: Self.read(CLOCK_MONOTONIC))
  }

  package var secondsSince1970: Double {
    Double(Self.read(CLOCK_REALTIME)) / 1e9
  }

  package func sleep(until deadline: MonotonicTime) async throws {
    // The one place in the program that waits by the clock; everything else waits through the port.
    try await Task.sleep(for: deadline - now)
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
