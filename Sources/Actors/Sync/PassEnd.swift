/// How a pass over a tenant ended, for whoever decides when the next one begins.
enum PassEnd: Sendable, Equatable {
  /// All was done that can be done now.
  case done
  /// The time of a pass was over, and there is more to do.
  case unfinished
  /// Something was in the way that may be gone later.
  ///
  /// - Parameter retryAfter: how long somebody has asked to wait.
  case failed(retryAfter: Duration?)
  /// This process does not lead.
  case notLeading
}
