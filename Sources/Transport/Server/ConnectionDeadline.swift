internal import Model
internal import NIOCore

/// The moment at which a connection is closed unless its peer has moved on.
///
/// It moves several times a request, so a timer is not set anew each time: one timer looks whether
/// the deadline has really passed, and else waits for what is left.
struct ConnectionDeadline {
  private var deadline: NIODeadline?
  private var timer: Scheduled<Void>?
  private var timerDeadline = NIODeadline.distantFuture

  /// Sets the deadline.
  ///
  /// - Parameter expired: called when the timer fires; has to call ``check(on:_:)``.
  mutating func set(_ timeout: Duration, on loop: any EventLoop, _ expired: @escaping @Sendable () -> Void) {
    let deadline = NIODeadline.now() + .nanoseconds(timeout.nanoseconds)
    self.deadline = deadline
    if deadline < timerDeadline { startTimer(deadline, on: loop, expired) }
  }

  /// There is no deadline for now.
  mutating func clear() {
    deadline = nil
  }

  /// The timer has fired.
  ///
  /// - Returns: whether the deadline has passed.
  mutating func check(on loop: any EventLoop, _ expired: @escaping @Sendable () -> Void) -> Bool {
    timer = nil
    timerDeadline = .distantFuture
    guard let deadline else { return false }
    if deadline <= .now() { return true }
    startTimer(deadline, on: loop, expired)
    return false
  }

  /// Stops the timer.
  mutating func cancel() {
    timer?.cancel()
    timer = nil
    deadline = nil
  }

  private mutating func startTimer(
    _ deadline: NIODeadline, on loop: any EventLoop, _ expired: @escaping @Sendable () -> Void
  ) {
    timer?.cancel()
    timerDeadline = deadline
    timer = loop.scheduleTask(deadline: deadline, expired)
  }
}
