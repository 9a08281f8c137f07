/// The check of one group by itself.
struct GroupCheck {
  /// Fields of Mimir and Thanos, which the other rulers ignore on purpose.
  private static let foreignFields: Set<String> = [
    "source_tenants", "evaluation_delay", "align_evaluation_time_on_interval", "partial_response_strategy",
  ]

  private let group: RuleGroup
  private let validator: RuleValidator
  private var found = Findings()

  init(_ group: RuleGroup, validator: RuleValidator) {
    self.group = group
    self.validator = validator
  }

  /// All that is to be said, in the order in which it stands in the group.
  mutating func findings() -> [RuleVerdict.Finding] {
    checkName()
    let interval = checkDuration(group.interval, "interval")
    if let offset = group.queryOffset { _ = checkDuration(offset, "query_offset") }
    checkLimit()
    checkLabels()
    checkFields()
    checkCount()
    for (index, rule) in group.rules.enumerated() {
      var check = RuleChecker(rule, interval: interval, path: "rules[\(index)]", validator: validator)
      found.add(check.findings())
    }
    return found.all
  }

  private mutating func checkName() {
    if group.name.isEmpty { found.error(.groupName, "name", "Groupname must not be empty") }
  }

  /// - Returns: in milliseconds; `nil` where there is none.
  private mutating func checkDuration(_ text: String, _ field: String) -> Int64? {
    guard !text.isEmpty else { return nil }
    do {
      let duration = try PromDuration(text)
      return duration.milliseconds == 0 ? nil : duration.milliseconds
    } catch {
      found.error(.duration, field, "\(error)", advice: Findings.durationAdvice)
      return nil
    }
  }

  private mutating func checkLimit() {
    guard !group.limit.isEmpty, Int(group.limit) == nil else { return }
    found.error(.groupLimit, "limit", "limit must be a whole number: \(group.limit)")
  }

  private mutating func checkLabels() {
    for (name, _) in group.labels.sorted(by: { $0.key < $1.key }) where !validator.allowsLabel(name) {
      // Cortex stores such a group, and from then on loads no rules of the tenant at all.
      found.error(
        .groupLabel, "labels.\(name)", "invalid label name: \(name)", advice: validator.labelAdvice)
    }
  }

  private mutating func checkFields() {
    for field in group.otherFields where !Self.foreignFields.contains(field.name) {
      found.add(
        validator.unknownFields, .unknownField, field.name, "field \(field.name) not found in type rulefmt.RuleGroup",
        advice: "rulers ignore it")
    }
  }

  private mutating func checkCount() {
    if group.rules.isEmpty {
      found.error(
        .groupRules, "rules", "rule group '\(group.name)' has no rules", advice: "Cortex refuses such a group")
    }
    if let limit = validator.limits.rulesPerGroup, group.rules.count > limit {
      found.error(
        .limits, "rules",
        "per-user rules per rule group limit (limit: \(limit) actual: \(group.rules.count)) exceeded",
        advice: "make several groups of it")
    }
  }
}
