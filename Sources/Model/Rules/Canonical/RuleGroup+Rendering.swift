extension RuleGroup {
  /// Whether a ruler may well have made this group of another one that was written to it.
  ///
  /// Rulers print expressions anew, and leave out fields that they do not know: older ones even some that we do. What
  /// cannot be explained so was written by somebody else in between.
  package func isRendering(
    of written: RuleGroup, dialect: RulerDialect, expressionsAreEqual: (String, String) -> Bool
  ) -> Bool {
    guard rules.count == written.rules.count else { return false }
    let found = withoutOtherFields
    var expected = written.withoutOtherFields
    if queryOffset == nil { expected.queryOffset = nil }
    if limit.isEmpty { expected.limit = "" }
    if labels.isEmpty { expected.labels = [:] }
    for index in rules.indices where rules[index].keepFiringFor.isEmpty { expected.rules[index].keepFiringFor = "" }
    return CanonicalGroup(found, dialect: dialect).isEquivalent(
      to: CanonicalGroup(expected, dialect: dialect), expressionsAreEqual: expressionsAreEqual)
  }

  private var withoutOtherFields: RuleGroup {
    var group = self
    group.otherFields = []
    for index in group.rules.indices { group.rules[index].otherFields = [] }
    return group
  }
}
