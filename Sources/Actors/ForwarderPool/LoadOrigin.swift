package import Model

/// Where a load came from.
package protocol LoadOrigin: Sendable {
  /// Runs work on the thread that the load came from; `nil` where that is not to be had.
  var workExecutor: (any TaskExecutor)? { get }

  /// The load with this id was dealt with. Called once a load.
  func loadFinished(_ id: RequestID, _ answer: LoadAnswer) async
}
