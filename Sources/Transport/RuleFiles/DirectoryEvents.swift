internal import CLinux
internal import Glibc

/// Tells that something has changed in one of some directories, by Linux' inotify. What has changed is for others to find
/// out: an event may be lost, and some file systems have none.
final class DirectoryEvents: Sendable {
  private static let kinds =
    UInt32(IN_CLOSE_WRITE) | UInt32(IN_MODIFY) | UInt32(IN_ATTRIB) | UInt32(IN_CREATE) | UInt32(IN_DELETE)
    | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)

  private let descriptor: CInt
  /// Ends the wait.
  private let stop: WakeupSignal

  /// - Returns: `nil` where the system gives none, such as when too many are in use.
  init?() {
    guard let stop = WakeupSignal() else { return nil }
    let descriptor = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.stop = stop
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Takes a directory in, if it is not in already. One that goes drops out by itself.
  ///
  /// - Returns: whether its events will be seen.
  func watch(_ directory: String) -> Bool {
    inotify_add_watch(descriptor, directory, Self.kinds) >= 0
  }

  /// Calls back at every change, on a thread of its own, until the task is cancelled.
  func run(_ onChange: @escaping @Sendable () -> Void) async {
    await withTaskCancellationHandler {
      await OwnThread.run(named: "rule files") { [self] in wait(onChange) }
    } onCancel: {
      stop.send()
    }
  }

  private func wait(_ onChange: () -> Void) {
    var polled = [descriptor, stop.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var events = [UInt8](repeating: 0, count: 16 << 10)
    while polled[1].revents == 0 {
      guard poll(&polled, nfds_t(polled.count), -1) >= 0 else { continue }
      guard polled[0].revents != 0 else { continue }
      while read(descriptor, &events, events.count) > 0 {}
      onChange()
    }
  }
}
