/// How a watch ended.
package enum WatchEnding: Sendable, Equatable {
  /// The server ended it, as it does from time to time.
  case closed
  /// The server said why it does not watch, or not any longer.
  case failed(KubernetesFailure)
  /// The connection could not be had, broke, or was silent for too long.
  case broken(String)
  /// What came is no event of Kubernetes', or too long for one.
  case unreadable(String)
}
