/// Makes routing rules of all kinds.
package struct PolicyGenerator {
  /// Where the choices come from.
  package var random: SplitMix64

  package init(random: SplitMix64) {
    self.random = random
  }

  /// Rules for loads of ``RequestGenerator``.
  ///
  /// - Parameter removingLabels: whether tenant labels are removed; `nil` for either.
  package mutating func rules(removingLabels: Bool? = nil) -> ReferenceRules {
    var rules = ReferenceRules()
    rules.defaultTenants = some(TenantNames.valid, upTo: 3)
    rules.tenantLabels = [random.pick(TenantNames.labels)] + some(TenantNames.labels, upTo: 2)
    rules.removesTenantLabels = removingLabels ?? random.oneIn(2)
    if random.oneIn(3) { rules.allowedTenants = some(TenantNames.valid, upTo: 5) }
    if random.oneIn(3) { rules.sourceTenants = some(TenantNames.valid, upTo: 3) }
    if random.oneIn(3) { rules.fallbackTenant = random.pick(TenantNames.valid) }
    return rules
  }

  private mutating func some(_ choices: [String], upTo most: Int) -> [String] {
    Array(choices.shuffled(using: &random).prefix(random.below(most + 1)))
  }
}
