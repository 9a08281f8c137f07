import UnixSignals

/// SIGHUP: asks the process to look at its files now. Without somebody who listens to it, it would end the
/// process.
enum HangupSignal {
  /// Calls `body` for each, until the task is cancelled.
  static func forEach(_ body: @Sendable () -> Void) async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) { body() }
  }
}
