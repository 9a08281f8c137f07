/// Runs what it is given on somebody's executor.
package actor ExecutorGuest {
  private let executor: any SerialExecutor

  package init(on executor: any SerialExecutor) {
    self.executor = executor
  }

  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  package func perform<Result: Sendable>(_ body: @Sendable () throws -> Result) rethrows -> Result {
    try body()
  }
}
