/// Says whether a rule group may be written to a ruler.
package protocol RuleValidating: Sendable {
  /// Checks a group by itself. Called for every group that is new or has changed, on any thread.
  func verdict(on group: RuleGroup) -> RuleVerdict
}
