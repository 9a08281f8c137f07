/// What makes one version of a group another, rule by rule, for people.
package struct GroupDifference: Sendable {
  /// What differs but for the rules.
  package var settings: [FieldChange]
  /// First what differs in rules that both have, in the order of the new version, then what is gone.
  package var rules: [RuleChange]

  /// - Parameters:
  ///   - before: `nil`: there was no group.
  ///   - after: `nil`: there is no group any more.
  package init(from before: RuleGroup?, to after: RuleGroup?, dialect: RulerDialect) {
    settings = before.flatMap { before in after.map { Self.settings(before, $0, dialect) } } ?? []
    rules = Self.rules(before?.rules ?? [], after?.rules ?? [])
  }

  private static func settings(_ before: RuleGroup, _ after: RuleGroup, _ dialect: RulerDialect) -> [FieldChange] {
    var fields = FieldChanges()
    fields.compare(duration: "interval", before.interval, after.interval)
    fields.compare("query_offset", before.queryOffset ?? "", after.queryOffset ?? "") {
      $0.append("query_offset", offset: $1, dialect: dialect)
    }
    fields.compare("limit", before.limit, after.limit) { $0.append("limit", number: $1) }
    fields.compare("labels", before.labels, after.labels)
    fields.compare(before.otherFields, after.otherFields)
    return fields.changes
  }

  private static func rules(_ before: [Rule], _ after: [Rule]) -> [RuleChange] {
    let partners = RulePairing(before, after).partners
    var changes: [RuleChange] = []
    var furthest = -1
    for (place, rule) in after.enumerated() {
      guard let partner = partners[place] else {
        changes.append(.added(rule))
        continue
      }
      let fields = fields(before[partner], rule)
      if !fields.isEmpty {
        changes.append(.changed(rule, fields))
      } else if partner < furthest {
        changes.append(.moved(rule))
      }
      furthest = max(furthest, partner)
    }
    let kept = Set(partners.compactMap(\.self))
    return changes + before.indices.filter { !kept.contains($0) }.map { .removed(before[$0]) }
  }

  private static func fields(_ before: Rule, _ after: Rule) -> [FieldChange] {
    var fields = FieldChanges()
    fields.compare("expr", before.expression, after.expression)
    fields.compare(duration: "for", before.pendingFor, after.pendingFor)
    fields.compare(duration: "keep_firing_for", before.keepFiringFor, after.keepFiringFor)
    fields.compare("labels", before.labels, after.labels)
    fields.compare("annotations", before.annotations, after.annotations)
    fields.compare(before.otherFields, after.otherFields)
    return fields.changes
  }
}
