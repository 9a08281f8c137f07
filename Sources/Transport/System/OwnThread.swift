internal import CLinux
internal import Glibc

/// Runs blocking work on a thread of its own, away from the threads that async code shares.
enum OwnThread {
  private final class Work: Sendable {
    let name: String
    let body: @Sendable () -> Void
    let continuation: CheckedContinuation<Void, Never>

    init(name: String, body: @escaping @Sendable () -> Void, continuation: CheckedContinuation<Void, Never>) {
      self.name = name
      self.body = body
      self.continuation = continuation
    }
  }

  /// Returns when `body` does.
  ///
  /// - Parameter name: what the thread is called in a debugger, at most 15 bytes.
  static func run(named name: String, _ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      let work = Work(name: name, body: body, continuation: continuation)
      var thread = pthread_t()
      // Retained for the thread, which takes the reference over.
      let context = Unmanaged.passRetained(work).toOpaque()
      let status = pthread_create(&thread, nil, start, context)
      precondition(status == 0, "no thread can be started: error \(status)")
      pthread_detach(thread)
    }
  }

  private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    guard let context else { return nil }
    let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
    pthread_setname_np(pthread_self(), work.name)
    work.body()
    work.continuation.resume()
    return nil
  }
}
