import Model

/// What Cortex checks of a rule group before it stores it, in its words.
///
/// Source: Cortex `pkg/ruler/manager.go` `ValidateRuleGroup`, Prometheus `model/rulefmt` `Rule.Validate`, with the names
/// that the scheme `legacy` takes.
struct SandboxRuleValidation: Sendable {
  private let parser = PromQLParser(dialect: .cortex, patterns: RE2Patterns())

  /// - Throws: the refusal of a group, with all that is wrong with it.
  func check(_ group: SandboxRuleGroup) throws(SandboxRefusal) {
    guard !group.name.isEmpty else { throw .invalid("invalid rules config: rule group name must not be empty") }
    guard !group.rules.isEmpty else {
      throw .invalid("invalid rules config: rule group '\(group.name)' has no rules")
    }
    let faults = group.rules.enumerated().flatMap { index, rule in
      self.faults(of: rule, "group \(GoText.quoted(group.name)), rule \(index), \(GoText.quoted(rule.name)): ")
    }
    guard faults.isEmpty else { throw .invalid(faults.joined(separator: ", ")) }
  }

  /// A fault in a field has that field's place in front, which Cortex does not know: `0:0`. That of an expression has no
  /// words at all.
  private func faults(of rule: SandboxRule, _ place: String) -> [String] {
    var faults: [String] = []
    if !rule.record.isEmpty, !rule.alert.isEmpty {
      faults.append("0:0: 0:0: \(place)only one of 'record' and 'alert' must be set")
    }
    if rule.record.isEmpty, rule.alert.isEmpty {
      faults.append("0:0: 0:0: \(place)one of 'record' or 'alert' must be set")
    }
    if rule.expression.isEmpty {
      faults.append("0:0: \(place)field 'expr' must be set in rule")
    } else if !isExpression(rule.expression) {
      faults.append("")
    }
    if !rule.record.isEmpty { faults += recordingFaults(of: rule).map { "0:0: \(place)\($0)" } }
    faults += (nameFaults(of: rule) + templateFaults(of: rule)).map { place + $0 }
    return faults
  }

  private func recordingFaults(of rule: SandboxRule) -> [String] {
    var faults: [String] = []
    if !rule.annotations.isEmpty { faults.append("invalid field 'annotations' in recording rule") }
    if rule.pendingFor != .zero { faults.append("invalid field 'for' in recording rule") }
    if rule.keepFiringFor != .zero { faults.append("invalid field 'keep_firing_for' in recording rule") }
    if !Self.isMetricName(rule.record) { faults.append("invalid recording rule name: \(rule.record)") }
    if rule.record.contains(where: { "{}".contains($0) }) {
      faults.append("braces present in the recording rule name; should it be in expr?: \(rule.record)")
    }
    return faults
  }

  private func nameFaults(of rule: SandboxRule) -> [String] {
    let labels = rule.labels.keys.sorted().filter { !Self.isLabelName($0) || $0 == "__name__" }
    let annotations = rule.annotations.keys.sorted().filter { !Self.isLabelName($0) }
    return labels.map { "invalid label name: \($0)" } + annotations.map { "invalid annotation name: \($0)" }
  }

  /// Only alerts have templates.
  private func templateFaults(of rule: SandboxRule) -> [String] {
    guard !rule.alert.isEmpty else { return [] }
    return [("label", rule.labels), ("annotation", rule.annotations)].flatMap { kind, texts in
      texts.sorted { $0.key < $1.key }.compactMap { key, text in
        Self.templateFault(text, of: rule.alert).map { "\(kind) \(GoText.quoted(key)): \($0)" }
      }
    }
  }

  private static func templateFault(_ text: String, of alert: String) -> String? {
    do {
      _ = try AlertTemplate.check(text, name: alert)
      return nil
    } catch {
      return error.description
    }
  }

  private func isExpression(_ text: String) -> Bool {
    (try? parser.parse(text)) != nil
  }

  private static func isMetricName(_ name: String) -> Bool {
    isName(name) { $0 == UInt8(ascii: ":") }
  }

  private static func isLabelName(_ name: String) -> Bool {
    isName(name) { _ in false }
  }

  private static func isName(_ name: String, others: (UInt8) -> Bool) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
      default: isDigit(byte) || others(byte)
      }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
