internal import Glibc
internal import Synchronization

/// A program that is run for what it prints.
struct Subprocess: Sendable {
  /// What became of it.
  struct Outcome: Sendable, Equatable {
    /// The exit code; 128 and the signal's number where a signal ended it.
    var code: Int32
    var output: [UInt8] = []
    var errorOutput: [UInt8] = []
  }

  /// The program's path, or its name, to be found in `PATH`.
  var command: String
  var arguments: [String] = []
  /// Its whole environment.
  var environment: [String: String] = [:]
  /// Whether it reads what this process reads; else there is nothing to read.
  var inheritsInput = false
  /// How long it may take; it is killed then.
  var timeout: Duration
  /// The bytes that it may print, on each of its outputs; it is killed when it prints more.
  var outputLimit = 1 << 20

  /// Runs the program. Cancelling the task kills it.
  ///
  /// - Throws: `SubprocessError`.
  func run() async throws(SubprocessError) -> Outcome {
    guard let cancellation = WakeupSignal() else {
      throw .notStarted(command: command, code: EMFILE, reason: "no file descriptors left")
    }
    let result = Mutex<Result<Outcome, SubprocessError>>(.failure(.cancelled))
    await withTaskCancellationHandler {
      await OwnThread.run(named: "subprocess") { [self] in
        let outcome = runBlocking(until: cancellation)
        result.withLock { $0 = outcome }
      }
    } onCancel: {
      cancellation.send()
    }
    return try result.withLock { $0 }.get()
  }

  private func runBlocking(until cancellation: WakeupSignal) -> Result<Outcome, SubprocessError> {
    do throws(SubprocessError) {
      let child = try SpawnedChild(self)
      return .success(try child.collect(within: timeout, limit: outputLimit, until: cancellation))
    } catch {
      return .failure(error)
    }
  }
}
