import Synchronization

/// How long it takes to split a load, by what the loads of late took.
final class SplitPace: Sendable {
  private struct Sums {
    var nanoseconds = 0
    var bytes = 0
  }

  /// As many bytes of loads count fully; those before them count by halves.
  private static let window = 1 << 20

  /// More than this is no expectation: a process that was stopped while it split a few bytes, a day in nanoseconds.
  private static let longest = 86_400e9

  private let sums = Mutex(Sums())

  /// A load of so many bytes was split.
  func note(bytes: Int, nanoseconds: Int) {
    sums.withLock { sums in
      sums.nanoseconds += nanoseconds
      sums.bytes += bytes
      guard sums.bytes > Self.window else { return }
      sums.nanoseconds /= 2
      sums.bytes /= 2
    }
  }

  /// How long a load of so many bytes may take; 0 where nothing is known.
  func nanoseconds(bytes: Int) -> Int {
    let sums = sums.withLock { $0 }
    guard sums.bytes > 0 else { return 0 }
    return Int(min(Double(bytes) * Double(sums.nanoseconds) / Double(sums.bytes), Self.longest))
  }
}
