internal import CLinux
internal import Glibc

/// Wakes a thread that waits with `poll`.
final class WakeupSignal: Sendable {
  let descriptor: Int32

  /// - Returns: `nil` where there are no file descriptors left.
  init?() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
  }

  /// Wakes it, now or when it begins to wait.
  func send() {
    eventfd_write(descriptor, 1)
  }
}
