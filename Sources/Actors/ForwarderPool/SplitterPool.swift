import Model
import Synchronization

/// Splitters that wait for the next load, with their working memory warm.
///
/// There are as many as there were loads split at the same time, which the number of threads bounds.
final class SplitterPool: Sendable {
  /// A splitter on loan. It belongs to one task at a time: between ``SplitterPool/borrow()`` and
  /// ``SplitterPool/giveBack(_:)``.
  final class Loan {
    var splitter: LoadSplitter

    init(_ splitter: consuming LoadSplitter) {
      self.splitter = splitter
    }
  }

  /// What grew beyond this by one large load is not kept for the small ones.
  private static let retainedLimit = 8 << 20

  private let compression: any BlockCompression
  private let idle = Mutex<[Loan]>([])

  init(compression: any BlockCompression) {
    self.compression = compression
  }

  /// Runs `body` with a splitter.
  func withSplitter<Result>(_ body: (inout LoadSplitter) throws(LoadError) -> Result) throws(LoadError) -> Result {
    let loan = idle.withLock { $0.popLast() } ?? Loan(LoadSplitter(compression: compression))
    defer {
      if loan.splitter.retainedBytes <= Self.retainedLimit { idle.withLock { $0.append(loan) } }
    }
    return try body(&loan.splitter)
  }
}
