/// How much a ruler takes of one tenant. `nil` is no limit, as Cortex has it unless somebody sets one.
package struct RuleLimits: Sendable, Equatable {
  /// `-ruler.max-rules-per-rule-group`
  package var rulesPerGroup: Int?
  /// `-ruler.max-rule-groups-per-tenant`
  package var groupsPerTenant: Int?

  package init(rulesPerGroup: Int? = nil, groupsPerTenant: Int? = nil) {
    self.rulesPerGroup = rulesPerGroup
    self.groupsPerTenant = groupsPerTenant
  }
}
