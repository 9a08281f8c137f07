/// The rules by which tenants are chosen, at one moment. Immutable: a change makes a new table, and a
/// load is routed by one table from start to end.
package struct RoutingTable: Sendable, Equatable {
  /// The static part.
  package let policy: TenancyPolicy

  /// The tenants that label values may choose; `nil` where no allow list is in force and any valid
  /// tenant ID may be chosen.
  package let allowedTenants: Set<TenantID>?

  private let defaults: Set<TenantID>

  /// The table of a policy, and of the tenants that its sources allow.
  package init(policy: TenancyPolicy, sourceTenants: Set<TenantID> = []) {
    self.policy = policy
    defaults = Set(policy.defaultTenants)
    allowedTenants =
      policy.allowedTenants != nil || policy.hasTenantSources
      ? (policy.allowedTenants ?? []).union(sourceTenants) : nil
  }

  /// Where the value of a tenant label leads. A default tenant needs to be on no allow list.
  package func route(_ value: String) -> TenantRoute {
    let tenant: TenantID
    do {
      tenant = try TenantID(value)
    } catch {
      return .invalid(error)
    }
    if defaults.contains(tenant) { return .defaultTenant }
    if let allowedTenants, !allowedTenants.contains(tenant) { return .notAllowed(tenant) }
    return .tenant(tenant)
  }
}
