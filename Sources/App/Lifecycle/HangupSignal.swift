import UnixSignals

/// SIGHUP: asks the process to look at its files now. Without somebody who listens to it, it would end the
/// process.
struct HangupSignal: Sendable {
  private let signals: UnixSignalsSequence

  /// Begins to listen to it. To be made before anything says that it listens, as ``Lifecycle`` is.
  init() async {
    signals = await UnixSignalsSequence(trapping: .sighup)
  }

  /// Calls `body` for each, until the task is cancelled.
  func forEach(_ body: @Sendable () -> Void) async {
    for await _ in signals { body() }
  }
}
