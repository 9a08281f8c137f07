import Model

/// Ends work that takes too long.
enum TimeLimit {
  /// Runs `work`, and cancels it at `deadline`.
  ///
  /// - Returns: what it returned; `nil` where it did not do so in time, or the task was cancelled.
  static func run<Result: Sendable>(
    until deadline: MonotonicTime, on time: any TimeSource, _ work: @escaping @Sendable () async -> Result
  ) async -> Result? {
    await withTaskGroup(of: Result?.self) { group in
      group.addTask { await work() }
      group.addTask {
        // Woken early only by being cancelled, when it does not matter any more.
        try? await time.sleep(until: deadline)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
