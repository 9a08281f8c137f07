/// What became of a rule of a group.
package enum RuleChange: Sendable {
  case added(Rule)
  case removed(Rule)
  case changed(Rule, [FieldChange])
  /// It is the same, and stands elsewhere among the others: rules are evaluated one after the other.
  case moved(Rule)
}
