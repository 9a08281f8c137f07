/// How a pass over a tenant ended, for whoever decides when the next one begins.
enum PassEnd: Sendable, Equatable {
  /// All was done that can be done now.
  case done
  /// There is more to do, and nothing is in the way.
  case unfinished
  /// Something was in the way that may be gone later.
  ///
  /// - Parameter retryAfter: how long somebody has asked to wait.
  case failed(retryAfter: Duration?)
  /// This process does not lead.
  case notLeading

  /// The value of the label `result`.
  var label: String {
    switch self {
    case .done: "done"
    case .unfinished: "unfinished"
    case .failed: "failed"
    case .notLeading: "not_leading"
    }
  }
}
