import Glibc
import Synchronization

/// Whether a child process is gone for good, so that its id may belong to another one.
final class Gone: Sendable {
  private let isGone = Mutex(false)

  /// Runs `body` while the process is there, be it as a zombie.
  func unlessTrue(_ body: () -> Void) {
    isGone.withLock { isGone in
      if !isGone { body() }
    }
  }

  /// Whether the process runs. Once it does not, it is a zombie until it is reaped.
  static func isRunning(_ id: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT | WNOHANG) == 0 && info.si_signo == 0
  }

  /// Lets go of the id of a process that has ended.
  func reap(_ id: pid_t) -> ExitStatus {
    var status: CInt = 0
    isGone.withLock { isGone in
      waitpid(id, &status, 0)
      isGone = true
    }
    let signal = status & 0x7f
    return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
  }
}
