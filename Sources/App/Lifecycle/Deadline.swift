import Model

/// Ends work that takes too long.
enum Deadline {
  /// Runs `work`, and cancels it when it takes longer than `limit`.
  ///
  /// - Returns: whether it ended by itself.
  static func run(
    within limit: Duration, on time: any TimeSource, _ work: @escaping @Sendable () async -> Void
  ) async -> Bool {
    let deadline = time.now + limit
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask {
        await work()
        return true
      }
      group.addTask {
        // Woken early only by being cancelled, when it does not matter any more.
        try? await time.sleep(until: deadline)
        return false
      }
      let endedByItself = await group.next() ?? true
      group.cancelAll()
      return endedByItself
    }
  }
}
