/// The ruler of Cortex or Mimir.
package protocol RulerClient: Sendable {
  /// The tenants that have rules or series, as far as the ruler and the distributor tell.
  func tenants() async -> RulerTenants

  /// All groups of a tenant. `absent` where the ruler says that the tenant has none.
  func rules(of tenant: TenantID) async -> RulerReading<RulerRules>

  /// One group.
  func group(_ key: RuleKey) async -> RulerReading<RuleGroup>

  /// Creates or replaces a group; its name is `key.group`.
  func put(_ group: RuleGroup, as key: RuleKey) async throws(RulerFailure)

  /// Removes a group. One that is not there is removed already.
  func delete(_ key: RuleKey) async throws(RulerFailure)
}
