import Foundation
import Glibc
import Synchronization

/// A child process and the thread that looks after it, from its start to its end.
final class SpawnedProcess: Sendable {
  /// The process's id. It is not given to another process before `ended` was called.
  let id: pid_t

  private let isGone: Gone

  /// Closes everything from a descriptor on in the child. The Glibc module leaves it out, as it does with
  /// all that is GNU's own.
  private typealias AddCloseFrom =
    @convention(c) (
      UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt
    ) -> CInt

  /// Starts a program, found in PATH where it is only a name.
  ///
  /// - Parameters:
  ///   - command: The program's path and its arguments.
  ///   - environment: Its environment, as `NAME=value`.
  ///   - error: Called with each line on standard error, without its newline.
  ///   - output: Called with each line on standard output.
  ///   - ended: Called once, after all lines.
  init(
    _ command: [String], environment: [String],
    error: @escaping @Sendable (String) -> Void, output: @escaping @Sendable (String) -> Void,
    ended: @escaping @Sendable (ExitStatus) -> Void
  ) throws {
    guard FileManager.default.isExecutableFile(atPath: command[0]) else {
      throw SystemError(call: command[0], code: ENOENT)
    }
    let isGone = Gone()
    let started = Mutex<Result<pid_t, any Error>?>(nil)
    let hasStarted = DispatchSemaphore(value: 0)
    // The kernel kills the child when the thread that started it ends, which happens when the tests
    // end in whatever way: therefore a thread of its own, which outlives the child.
    Thread.detachNewThread {
      do {
        var lines = [try PipedLines(error), try PipedLines(output)]
        let id = try Self.spawn(
          ["setpriv", "--pdeathsig", "KILL"] + command, environment: environment,
          error: lines[0].writeEnd, output: lines[1].writeEnd)
        started.withLock { $0 = .success(id) }
        hasStarted.signal()
        PipedLines.forward(&lines) { Gone.isRunning(id) }
        ended(isGone.reap(id))
      } catch {
        started.withLock { $0 = .failure(error) }
        hasStarted.signal()
      }
    }
    hasStarted.wait()
    guard let result = started.withLock({ $0 }) else { preconditionFailure("signalled before the result") }
    id = try result.get()
    self.isGone = isGone
  }

  /// Sends a signal, unless the process has ended.
  func signal(_ number: CInt) {
    isGone.unlessTrue { kill(id, number) }
  }

  private static func spawn(
    _ command: [String], environment: [String], error: CInt, output: CInt
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    try SystemError.checkCode("posix_spawn_file_actions_init", posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO)

    // A child that held sockets of the tests would keep ports and connections open that a test closes.
    guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
      throw SystemError(call: "posix_spawn_file_actions_addclosefrom_np", code: ENOSYS)
    }
    _ = unsafeBitCast(symbol, to: AddCloseFrom.self)(&actions, STDERR_FILENO + 1)

    // The tests ignore SIGPIPE, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    try SystemError.checkCode("posix_spawnattr_init", posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var id: pid_t = 0
    try SystemError.checkCode(
      "posix_spawn", posix_spawnp(&id, command[0], &actions, &attributes, arguments, variables))
    return id
  }
}
