import Model
import Synchronization

/// Splitters that wait for the next load, with their working memory warm.
///
/// There are as many as there were loads split at the same time, which the number of threads bounds.
final class SplitterPool: Sendable {
  /// A splitter on loan. One task at a time has it, so that its lock is never contended; the lock is
  /// there to let the compiler see that.
  private final class Loan: Sendable {
    let splitter: Mutex<LoadSplitter>

    init(_ compression: any BlockCompression, replicaLabels: ReplicaLabels?) {
      splitter = Mutex(LoadSplitter(compression: compression, replicaLabels: replicaLabels))
    }
  }

  /// What grew beyond this by one large load is not kept for the small ones.
  private static let retainedLimit = 8 << 20

  private let compression: any BlockCompression
  private let replicaLabels: ReplicaLabels?
  private let idle = Mutex<[Loan]>([])

  init(compression: any BlockCompression, replicaLabels: ReplicaLabels?) {
    self.compression = compression
    self.replicaLabels = replicaLabels
  }

  /// Runs `body` with a splitter.
  func withSplitter<Result: Sendable>(
    _ body: (inout LoadSplitter) throws(LoadError) -> Result
  ) throws(LoadError) -> Result {
    let loan = idle.withLock { $0.popLast() } ?? Loan(compression, replicaLabels: replicaLabels)
    defer {
      let isSmall = loan.splitter.withLock { $0.retainedBytes <= Self.retainedLimit }
      if isSmall { idle.withLock { $0.append(loan) } }
    }
    return try loan.splitter.withLock { splitter throws(LoadError) in try body(&splitter) }
  }
}
