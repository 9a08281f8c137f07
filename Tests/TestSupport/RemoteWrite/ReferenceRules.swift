package import Model

/// Rules for the choice of tenants, as plain text.
package struct ReferenceRules: Sendable {
  /// Empty where full replication is off.
  package var defaultTenants: [String] = []
  /// Who gets what names no tenant.
  package var fallbackTenant: String?
  package var tenantLabels: [String] = []
  package var removesTenantLabels = false
  /// The command line's; `nil` where it names none.
  package var allowedTenants: [String]?
  /// What Kubernetes or a directory of rules names; `nil` where neither is a source of tenants.
  package var sourceTenants: [String]?

  package init() {}

  /// The same rules as the program has them.
  package func routingTable() throws -> RoutingTable {
    let policy = TenancyPolicy(
      defaultTenants: try defaultTenants.map { try TenantID($0) },
      fallbackTenant: try fallbackTenant.map { try TenantID($0) },
      tenantLabels: TenantLabelNames(tenantLabels),
      removesTenantLabels: removesTenantLabels,
      allowedTenants: try allowedTenants.map { Set(try $0.map { try TenantID($0) }) },
      hasTenantSources: sourceTenants != nil)
    return RoutingTable(policy: policy, sourceTenants: Set(try (sourceTenants ?? []).map { try TenantID($0) }))
  }
}
