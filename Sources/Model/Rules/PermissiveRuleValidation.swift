/// Finds no fault with anything, and so relies on what the ruler says.
package struct PermissiveRuleValidation: RuleValidating {
  package init() {}

  package func verdict(on group: RuleGroup) -> RuleVerdict {
    RuleVerdict()
  }
}
