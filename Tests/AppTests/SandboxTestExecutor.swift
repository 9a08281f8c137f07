/// Takes whoever calls for being on it. Each test has its own and calls from one thread.
final class SandboxTestExecutor: SerialExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    job.runSynchronously(on: asUnownedSerialExecutor())
  }

  func checkIsolated() {}
}
