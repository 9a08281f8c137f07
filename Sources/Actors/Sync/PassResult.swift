import Model

/// What came of a pass.
struct PassResult: Sendable {
  var end: PassEnd
  /// What is remembered of the tenant now.
  var record: TenantRecord
  /// The plan that was made last; `nil` where everything was as it had been settled, or nothing could be read.
  var plan: Plan?
  /// What people are to be told.
  var events: [RuleEvent] = []
  /// How many groups were found to be changed on both sides for the first time.
  var newConflicts = 0
  /// Whether groups stand otherwise than after the pass before.
  var hasNews = false
}
