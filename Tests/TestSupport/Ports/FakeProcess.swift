import Synchronization

/// One process in a test of several: what it asks of the fake stores and rulers is counted, can be held up, and comes
/// to an end with it.
package final class FakeProcess: Sendable {
  /// When a process is killed.
  package enum Death: Sendable, Hashable {
    /// Before its call of this number takes effect. The first one is 1.
    case before(call: Int)
    /// After its call of this number has taken effect, and before it knows.
    case after(call: Int)
  }

  private struct State {
    var calls: [String] = []
    var isDead = false
  }

  package let name: String
  private let death: Death?
  private let isSilent: Bool
  private let pause: @Sendable (String) async -> Void
  private let state = Watched(State())

  /// - Parameters:
  ///   - isSilent: whether a dead process waits for answers for ever. Otherwise its calls end at once, without effect.
  ///   - pause: runs before a call takes effect; where it waits, the call does.
  package init(
    _ name: String = "a", dies death: Death? = nil, isSilent: Bool = true,
    pause: @escaping @Sendable (String) async -> Void = { _ in }
  ) {
    self.name = name
    self.death = death
    self.isSilent = isSilent
    self.pause = pause
  }

  /// All calls so far, such as `put acme/rules/cpu`.
  package var calls: [String] { state.value.calls }

  /// Whether the process was killed.
  package var isDead: Bool { state.value.isDead }

  /// Kills the process.
  package func kill() {
    state.update { $0.isDead = true }
  }

  /// Returns when the process is dead.
  package func died() async throws {
    try await state.wait(for: "process \(name) to die") { $0.isDead }
  }

  /// Returns as soon as the process has made a call.
  ///
  /// - Parameter count: how often it has to have made it.
  package func called(_ call: String, times count: Int = 1) async throws {
    try await state.wait(for: "\(count) times \(call)") { $0.calls.count { $0 == call } >= count }
  }

  /// Makes a call. A silent dead process gets no answer: this waits then until the task is cancelled.
  ///
  /// - Returns: what `effect` returned; `nil` where the process is dead or the task was cancelled.
  func call<Result: Sendable>(_ call: String, _ effect: @Sendable () -> Result) async -> Result? {
    let number = state.update { state in
      state.calls.append(call)
      if death == .before(call: state.calls.count) { state.isDead = true }
      return state.calls.count
    }
    await pause(call)
    guard !Task.isCancelled else { return nil }
    let result: Result? = state.update { state in
      if state.isDead { return nil }
      if death == .after(call: number) { state.isDead = true }
      return effect()
    }
    if !isDead { return result }
    if isSilent { await Self.cancellation() }
    return nil
  }

  private static func cancellation() async {
    let (silence, continuation) = AsyncStream.makeStream(of: Never.self)
    for await _ in silence {}
    continuation.finish()
  }
}
