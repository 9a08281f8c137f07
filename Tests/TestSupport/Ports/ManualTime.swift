package import Model

/// A clock that a test turns by hand. Nobody wakes before the test has turned it far enough.
package final class ManualTime: TimeSource {
  private struct Sleeper {
    let number: Int
    let deadline: MonotonicTime
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: MonotonicTime
    var sleepers: [Sleeper] = []
    /// All deadlines that were ever slept for, in the order in which the sleeps began.
    var begun: [MonotonicTime] = []
    var lastNumber = 0
    var reported = 0
  }

  private let state: Watched<State>

  private let start: MonotonicTime
  private let secondsAtStart: Double

  /// - Parameters:
  ///   - now: what the clock shows at first.
  ///   - secondsSince1970: the time of day at first.
  package init(
    _ now: MonotonicTime = MonotonicTime(nanoseconds: 1_000_000_000_000), secondsSince1970: Double = 1_700_001_000
  ) {
    state = Watched(State(now: now))
    start = now
    secondsAtStart = secondsSince1970
  }

  package var now: MonotonicTime { state.value.now }

  package var secondsSince1970: Double { secondsAtStart + (now - start).inSeconds }

  /// How many are asleep.
  package var sleeperCount: Int { state.value.sleepers.count }

  /// Turns the clock. Those whose time has come wake in the order of their deadlines.
  package func advance(by duration: Duration) {
    let due = state.update { state in
      state.now = state.now + duration
      let due = state.sleepers.filter { $0.deadline <= state.now }
      state.sleepers.removeAll { $0.deadline <= state.now }
      return due.sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// Turns the clock to a moment.
  package func advance(to moment: MonotonicTime) {
    advance(by: moment - now)
  }

  /// Returns the deadline of the next sleep that this has not told of yet, as soon as somebody sleeps.
  package func nextSleep() async throws -> MonotonicTime {
    let number = state.update { state in
      state.reported += 1
      return state.reported
    }
    return try await state.wait(for: "sleep \(number) to begin") { $0.begun.count >= number }.begun[number - 1]
  }

  /// Returns as soon as `count` sleep until this moment.
  package func sleepers(until deadline: MonotonicTime, count: Int = 1) async throws {
    try await state.wait(for: "\(count) to sleep until \(deadline)") { state in
      state.sleepers.count { $0.deadline == deadline } >= count
    }
  }

  package func sleep(until deadline: MonotonicTime) async throws {
    let number = state.update { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        begin(Sleeper(number: number, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      wake(number)
    }
  }

  private func begin(_ sleeper: Sleeper) {
    let result: Result<Void, any Error>? = state.update { state in
      // The handler above has found nobody to wake if it ran before this sleep began.
      if Task.isCancelled { return .failure(CancellationError()) }
      if sleeper.deadline <= state.now { return .success(()) }
      state.sleepers.append(sleeper)
      state.begun.append(sleeper.deadline)
      return nil
    }
    if let result { sleeper.continuation.resume(with: result) }
  }

  private func wake(_ number: Int) {
    let woken = state.update { state in
      state.sleepers.firstIndex { $0.number == number }.map { state.sleepers.remove(at: $0) }
    }
    woken?.continuation.resume(throwing: CancellationError())
  }
}
