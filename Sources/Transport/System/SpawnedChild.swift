internal import CLinux
internal import Glibc

/// A process that was started for what it prints.
struct SpawnedChild: ~Copyable {
  private let id: pid_t
  private let isGroup: Bool
  private let output: Int32
  private let errorOutput: Int32

  /// Starts a program.
  init(_ program: Subprocess) throws(SubprocessError) {
    var outputPipe: [Int32] = [-1, -1]
    var errorPipe: [Int32] = [-1, -1]
    guard pipe2(&outputPipe, O_CLOEXEC) == 0 else { throw Self.error(program, errno) }
    guard pipe2(&errorPipe, O_CLOEXEC) == 0 else {
      let code = errno
      Self.closeAll(outputPipe)
      throw Self.error(program, code)
    }
    // In a group of its own, so that what it starts is killed with it; but a terminal is read by one group only.
    let isGroup = !program.inheritsInput
    let (code, id) = Self.spawn(program, output: outputPipe[1], errorOutput: errorPipe[1], isGroup: isGroup)
    Self.closeAll([outputPipe[1], errorPipe[1]])
    guard code == 0 else {
      Self.closeAll([outputPipe[0], errorPipe[0]])
      throw Self.error(program, code)
    }
    self.id = id
    self.isGroup = isGroup
    output = outputPipe[0]
    errorOutput = errorPipe[0]
  }

  deinit {
    close(output)
    close(errorOutput)
  }

  private static func closeAll(_ descriptors: [Int32]) {
    for descriptor in descriptors { close(descriptor) }
  }

  private static func error(_ program: Subprocess, _ code: Int32) -> SubprocessError {
    .notStarted(command: program.command, code: code, reason: String(cString: strerror(code)))
  }

  private static func spawn(
    _ program: Subprocess, output: Int32, errorOutput: Int32, isGroup: Bool
  ) -> (code: Int32, id: pid_t) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if !program.inheritsInput { posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errorOutput, STDERR_FILENO)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This process ignores some signals, which its child would inherit.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (isGroup ? POSIX_SPAWN_SETPGROUP : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let arguments = ([program.command] + program.arguments).map { strdup($0) } + [nil]
    let environment = program.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, program.command, &actions, &attributes, arguments, environment)
    return (code, id)
  }

  /// Reads what the process prints until it has ended.
  ///
  /// - Throws: why it was killed.
  consuming func collect(
    within timeout: Duration, limit: Int, until cancellation: WakeupSignal
  ) throws(SubprocessError) -> Subprocess.Outcome {
    let deadline = ContinuousClock.now + timeout
    var outcome = Subprocess.Outcome(code: 0)
    do throws(SubprocessError) {
      try read(into: &outcome, until: deadline, limit, cancellation)
      outcome.code = try wait(until: deadline, cancellation)
      return outcome
    } catch {
      kill(isGroup ? -id : id, SIGKILL)
      var status: Int32 = 0
      while waitpid(id, &status, 0) < 0 && errno == EINTR {}
      if case .timeout = error { throw .timeout(errorOutput: outcome.errorOutput) }
      throw error
    }
  }

  /// Reads both outputs to their ends.
  private borrowing func read(
    into outcome: inout Subprocess.Outcome, until deadline: ContinuousClock.Instant, _ limit: Int,
    _ cancellation: WakeupSignal
  ) throws(SubprocessError) {
    var polled = [output, errorOutput, cancellation.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    while polled[0].fd >= 0 || polled[1].fd >= 0 {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { throw .timeout(errorOutput: []) }
      guard poll(&polled, nfds_t(polled.count), Int32(clamping: left.milliseconds)) >= 0 || errno == EINTR else {
        preconditionFailure("poll fails: \(errno)")
      }
      if polled[2].revents != 0 { throw .cancelled }
      if polled[0].revents != 0, !Self.append(polled[0].fd, to: &outcome.output) { polled[0].fd = -1 }
      if polled[1].revents != 0, !Self.append(polled[1].fd, to: &outcome.errorOutput) { polled[1].fd = -1 }
      guard max(outcome.output.count, outcome.errorOutput.count) <= limit else { throw .tooLong(limit: limit) }
    }
  }

  /// - Returns: whether there may be more.
  private static func append(_ descriptor: Int32, to bytes: inout [UInt8]) -> Bool {
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    let count = Glibc.read(descriptor, &piece, piece.count)
    if count > 0 { bytes += piece[..<count] }
    return count > 0 || count < 0 && (errno == EINTR || errno == EAGAIN)
  }

  /// Waits for the end of a process that prints nothing more.
  ///
  /// - Returns: the exit code.
  private borrowing func wait(
    until deadline: ContinuousClock.Instant, _ cancellation: WakeupSignal
  ) throws(SubprocessError) -> Int32 {
    var polled = pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0)
    var status: Int32 = 0
    // Nearly always it has ended by now, or does in a moment.
    while waitpid(id, &status, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { throw .timeout(errorOutput: []) }
      if poll(&polled, 1, 5) > 0 { throw .cancelled }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
