/// Tells whether the process should be sent work, and when that may have changed.
package protocol ReadinessSource: Sendable {
  /// Whether the process should be sent work now.
  var isReady: Bool { get }

  /// Asks to be told of changes.
  ///
  /// - Parameter changed: called on any thread whenever ``isReady`` may have changed. It carries no value:
  ///   of two changes at once the later may be told first, and only what is read afterwards is true.
  /// - Returns: what ends this by ``stopObserving(_:)``.
  func observe(_ changed: @escaping @Sendable () -> Void) -> ReadinessObservation

  /// Ends an observation. A call that is under way may still come.
  func stopObserving(_ observation: ReadinessObservation)
}
