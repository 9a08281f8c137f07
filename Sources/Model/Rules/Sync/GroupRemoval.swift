/// A group to be removed from the ruler.
package struct GroupRemoval: Sendable {
  /// What the ruler must have right before the removal, or the plan is out of date.
  package var hash: ContentHash
  /// As the ruler has it.
  package var group: RuleGroup
}
