import Model

/// How a group of a tenant stands, and how it came to that.
struct GroupRecord: Sendable, Equatable {
  var report: GroupReport
  /// How it stood before the plan's step was done, or failed.
  var planned: GroupOutcome
}

extension GroupOutcome {
  /// Whether it is the same in all but the words.
  func isLike(_ other: GroupOutcome) -> Bool {
    state == other.state && reason == other.reason
  }
}
