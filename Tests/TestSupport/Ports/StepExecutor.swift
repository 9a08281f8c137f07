import Foundation

/// A thread that does nothing unless a test says so.
package final class StepExecutor: TaskExecutor {
  private let jobs = Watched<[UnownedJob]>([])

  package init() {}

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.update { $0.append(job) }
  }

  /// Whether there is nothing to be done.
  package var isIdle: Bool { jobs.value.isEmpty }

  /// Does what there is to be done, as soon as there is something, and all that comes of it here.
  package func step() async throws {
    _ = try await jobs.wait(for: "something to be done on a thread") { !$0.isEmpty }
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        self.run()
        continuation.resume()
      }
    }
  }

  private func run() {
    while let job = jobs.update({ $0.isEmpty ? nil : $0.removeFirst() }) {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
