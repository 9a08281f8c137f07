/// How resources are looked at: where the ruler has their groups, when two groups are the same, and what is valid.
package struct ResourceCheck: Sendable {
  package var template: NamespaceTemplate
  package var comparison: RuleComparison
  package var validation: any RuleValidating

  package init(
    template: NamespaceTemplate = .identity, comparison: RuleComparison = RuleComparison(),
    validation: any RuleValidating = PermissiveRuleValidation()
  ) {
    self.template = template
    self.comparison = comparison
    self.validation = validation
  }

  /// A resource with everything that is found out about it by itself.
  package func check(_ rule: OpenMetricsRule) -> CheckedResource {
    CheckedResource(rule, template: template, comparison: comparison, validation: validation)
  }
}
