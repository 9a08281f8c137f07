/// Checks rule groups as Prometheus' and Cortex' rulers do, in their words, and beyond that what they take and then
/// fail to evaluate.
///
/// Source: Prometheus `model/rulefmt/rulefmt.go`, Cortex `pkg/ruler/manager.go` and `compat.go`; lints after pint.
package struct RuleValidator: RuleValidating {
  package let namingScheme: NamingScheme
  package let limits: RuleLimits
  package let lints: Set<RuleCheck>
  /// How a field that the ruler does not know is taken: Cortex drops it in silence.
  package let unknownFields: RuleVerdict.Finding.Severity
  /// Reads expressions as the ruler does.
  package let parser: PromQLParser

  /// - Parameters:
  ///   - features: what is switched on in the ruler's PromQL; `nil` for what the dialect has on by itself.
  ///   - lints: those that are to be looked for, of ``RuleCheck/lints``.
  package init(
    dialect: PromQLDialect = .cortex, features: PromQLFeatures? = nil, namingScheme: NamingScheme = .legacy,
    limits: RuleLimits = RuleLimits(), lints: Set<RuleCheck> = Set(RuleCheck.lints),
    unknownFields: RuleVerdict.Finding.Severity = .warning
  ) {
    self.namingScheme = namingScheme
    self.limits = limits
    self.lints = lints
    self.unknownFields = unknownFields
    parser = PromQLParser(dialect: dialect, features: features, patterns: RE2Patterns())
  }

  package func verdict(on group: RuleGroup) -> RuleVerdict {
    var check = GroupCheck(group, validator: self)
    return RuleVerdict(findings: check.findings())
  }
}
