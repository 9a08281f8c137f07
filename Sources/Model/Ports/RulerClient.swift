/// The ruler of Cortex or Mimir.
package protocol RulerClient: Sendable {
  /// The tenants that have rules or series, as far as the ruler and the distributor tell.
  func tenants() async -> RulerTenants

  /// All groups of a tenant. `absent` where the ruler says that the tenant has none.
  func rules(of tenant: TenantID) async -> RulerReading<RulerRules>

  /// All groups of a tenant, unless the ruler's answer is one that the caller knows: `present(nil)` then, and nothing
  /// was made of the answer's text. Most answers are.
  ///
  /// - Parameter known: the fingerprint of the answer that the caller knows, where it knows one.
  func rules(of tenant: TenantID, unlike known: String?) async -> RulerReading<RulerRules?>

  /// One group.
  func group(_ key: RuleKey) async -> RulerReading<RuleGroup>

  /// Creates or replaces a group; its name is `key.group`.
  func put(_ group: RuleGroup, as key: RuleKey) async throws(RulerFailure)

  /// Removes a group. One that is not there is removed already.
  func delete(_ key: RuleKey) async throws(RulerFailure)

  /// Whether the ruler tells tenants apart: to be asked before the first write for a second tenant. Writes nothing.
  func tenantIsolation() async -> TenantIsolation
}

extension RulerClient {
  package func rules(of tenant: TenantID, unlike known: String?) async -> RulerReading<RulerRules?> {
    switch await rules(of: tenant) {
    case .present(let rules): .present(rules.fingerprint == known && !rules.fingerprint.isEmpty ? nil : rules)
    case .absent: .absent
    case .unknown(let failure): .unknown(failure)
    }
  }

  /// Rulers of one's own making always do.
  package func tenantIsolation() async -> TenantIsolation { .isolated }
}
