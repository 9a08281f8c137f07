import Model
import Synchronization

/// A clock that a test turns by hand. Nobody may sleep by it.
final class SandboxTestTime: TimeSource {
  /// The moment at which the recorded exchanges took place, in milliseconds since 1970.
  static let recorded: Int64 = 1_795_420_586_957

  private let milliseconds: Mutex<Int64>

  init(_ milliseconds: Int64 = SandboxTestTime.recorded) {
    self.milliseconds = Mutex(milliseconds)
  }

  var now: MonotonicTime { MonotonicTime(nanoseconds: milliseconds.withLock { $0 } * 1_000_000) }

  var secondsSince1970: Double { Double(milliseconds.withLock { $0 }) / 1000 }

  func advance(by milliseconds: Int64) {
    self.milliseconds.withLock { $0 += milliseconds }
  }

  func sleep(until deadline: MonotonicTime) async throws {
    fatalError("the sandbox never sleeps")
  }
}
