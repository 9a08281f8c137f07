/// The check of one rule.
struct RuleChecker {
  private let rule: Rule
  /// Of the rule's group, in milliseconds; `nil` where it is the ruler's.
  private let interval: Int64?
  private let path: String
  private let validator: RuleValidator
  private var found = Findings()

  init(_ rule: Rule, interval: Int64?, path: String, validator: RuleValidator) {
    self.rule = rule
    self.interval = interval
    self.path = path
    self.validator = validator
  }

  /// All that is to be said, in Prometheus' order.
  mutating func findings() -> [RuleVerdict.Finding] {
    checkKind()
    checkExpression()
    let pendingFor = checkDuration(rule.pendingFor, "for")
    let keepFiringFor = checkDuration(rule.keepFiringFor, "keep_firing_for")
    if !rule.record.isEmpty { checkRecording(pendingFor: pendingFor, keepFiringFor: keepFiringFor) }
    if !rule.alert.isEmpty { lintFor(pendingFor) }
    checkLabels()
    checkAnnotations()
    checkFields()
    return found.all
  }

  private func at(_ field: String) -> String { "\(path).\(field)" }

  private mutating func checkKind() {
    if !rule.record.isEmpty, !rule.alert.isEmpty {
      found.error(
        .ruleKind, path, "only one of 'record' and 'alert' must be set", advice: "make two rules of it")
    }
    if rule.record.isEmpty, rule.alert.isEmpty {
      found.error(.ruleKind, path, "one of 'record' or 'alert' must be set")
    }
  }

  // MARK: The expression

  private mutating func checkExpression() {
    guard !rule.expression.isEmpty else {
      return found.error(.expression, path, "field 'expr' must be set in rule")
    }
    do {
      let expression = try validator.parser.parse(rule.expression)
      checkResult(expression)
      let lints = ExpressionLints(expression, interval: interval, isAlert: rule.record.isEmpty && !rule.alert.isEmpty)
      for lint in lints.findings(of: validator.lints) {
        found.warning(lint.check, at("expr"), lint.message, advice: lint.advice, at: lint.offset)
      }
    } catch {
      // Prometheus shows the first only.
      for error in error.errors {
        found.error(
          .expression, at("expr"), "could not parse expression: \(error)", at: error.range.lowerBound)
      }
    }
  }

  private mutating func checkResult(_ expression: PromQLExpression) {
    switch expression.valueType {
    case .vector, .scalar: return
    case .matrix:
      found.error(
        .resultType, at("expr"), "rule result is not a vector or scalar: the expression is a range vector",
        advice: "wrap it in a function such as rate() or last_over_time()", at: 0)
    case .string, .none:
      found.error(
        .resultType, at("expr"), "rule result is not a vector or scalar: the expression is a string", at: 0)
    }
  }

  // MARK: What belongs to alerts

  private mutating func checkRecording(pendingFor: Int64?, keepFiringFor: Int64?) {
    let advice = "a recording rule has no alerts; remove it, or write 'alert' for 'record'"
    if !rule.annotations.isEmpty {
      found.error(
        .ruleField, at("annotations"), "invalid field 'annotations' in recording rule", advice: advice)
    }
    if let pendingFor, pendingFor != 0 {
      found.error(.ruleField, at("for"), "invalid field 'for' in recording rule", advice: advice)
    }
    if let keepFiringFor, keepFiringFor != 0 {
      found.error(
        .ruleField, at("keep_firing_for"), "invalid field 'keep_firing_for' in recording rule", advice: advice)
    }
    if !validator.namingScheme.allowsMetric(rule.record) {
      found.error(
        .ruleName, at("record"), "invalid recording rule name: \(rule.record)",
        advice: "use letters, digits, underscores and colons")
    } else if rule.record.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
      found.error(
        .ruleName, at("record"),
        "braces present in the recording rule name; should it be in expr?: \(rule.record)")
    }
  }

  /// - Returns: in milliseconds; `nil` where there is none or it cannot be read.
  private mutating func checkDuration(_ text: String, _ field: String) -> Int64? {
    guard !text.isEmpty else { return nil }
    do {
      return try PromDuration(text).milliseconds
    } catch {
      found.error(.duration, at(field), "\(error)", advice: Findings.durationAdvice)
      return nil
    }
  }

  private mutating func lintFor(_ pendingFor: Int64?) {
    guard pendingFor == 0, validator.lints.contains(.zeroFor) else { return }
    found.warning(
      .zeroFor, at("for"), "for: \(rule.pendingFor) makes the alert fire at once", advice: "leave it out, or wait")
  }

  // MARK: Labels and annotations

  private mutating func checkLabels() {
    for (name, value) in rule.labels.sorted(by: { $0.key < $1.key }) {
      if !validator.allowsLabel(name) {
        found.error(.label, at("labels.\(name)"), "invalid label name: \(name)", advice: validator.labelAdvice)
      }
      guard !rule.alert.isEmpty, let facts = checkTemplate(value, "label", name, at: "labels.\(name)") else { continue }
      if let use = facts.valueUse, validator.lints.contains(.valueInLabel) {
        found.warning(
          .valueInLabel, at("labels.\(name)"),
          "label \"\(name)\" changes with the value, and each change makes another alert",
          advice: "put it in an annotation", at: use.lowerBound)
      }
    }
  }

  private mutating func checkAnnotations() {
    for (name, text) in rule.annotations.sorted(by: { $0.key < $1.key }) {
      if !validator.namingScheme.allowsLabel(name) {
        found.error(.annotation, at("annotations.\(name)"), "invalid annotation name: \(name)")
      }
      if !rule.alert.isEmpty { _ = checkTemplate(text, "annotation", name, at: "annotations.\(name)") }
    }
  }

  private mutating func checkTemplate(
    _ text: String, _ kind: String, _ name: String, at field: String
  ) -> TemplateFacts? {
    do {
      return try AlertTemplate.check(text, name: rule.alert)
    } catch {
      found.error(.template, at(field), "\(kind) \(GoQuoted.string(name)): \(error)", at: error.offset)
      return nil
    }
  }

  private mutating func checkFields() {
    for field in rule.otherFields {
      found.add(
        validator.unknownFields, .unknownField, at(field.name), "field \(field.name) not found in type rulefmt.Rule",
        advice: "rulers ignore it")
    }
  }
}
