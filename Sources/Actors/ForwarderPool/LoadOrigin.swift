package import Model

/// Where a load came from.
package protocol LoadOrigin: Sendable {
  /// The load with this id was dealt with. Called once a load.
  func loadFinished(_ id: RequestID, _ answer: LoadAnswer) async
}
