/// What the command line says about the choice of tenants. It does not change while the process runs.
package struct TenancyPolicy: Sendable, Equatable {
  /// The tenants that get every series. Empty where full replication is disabled.
  package var defaultTenants: [TenantID]

  /// The tenant that gets what names none: series without a tenant label, and metadata that comes alone. It needs to be
  /// on no allow list for that.
  package var fallbackTenant: TenantID?

  /// The labels whose value names a tenant.
  package var tenantLabels: TenantLabelNames

  /// Whether the tenant labels are taken out of what is forwarded.
  package var removesTenantLabels: Bool

  /// The tenants allowed from the command line; `nil` where none were named.
  package var allowedTenants: Set<TenantID>?

  /// Whether tenants also come from a source that changes while running, such as Kubernetes. An
  /// allow list is then in force even while that source names nobody.
  package var hasTenantSources: Bool

  package init(
    defaultTenants: [TenantID] = [],
    fallbackTenant: TenantID? = nil,
    tenantLabels: TenantLabelNames = TenantLabelNames(["tenant_id"]),
    removesTenantLabels: Bool = false,
    allowedTenants: Set<TenantID>? = nil,
    hasTenantSources: Bool = false
  ) {
    var seen: Set<TenantID> = []
    self.defaultTenants = defaultTenants.filter { seen.insert($0).inserted }
    self.fallbackTenant = fallbackTenant
    self.tenantLabels = tenantLabels
    self.removesTenantLabels = removesTenantLabels
    self.allowedTenants = allowedTenants
    self.hasTenantSources = hasTenantSources
  }
}
