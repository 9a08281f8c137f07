/// Where the value of a tenant label leads.
package enum TenantRoute: Sendable, Equatable {
  /// To this tenant.
  case tenant(TenantID)
  /// To a tenant that gets every series anyway.
  case defaultTenant
  /// Nowhere: an allow list is in force and the tenant is not on it.
  case notAllowed(TenantID)
  /// Nowhere: the value is no tenant ID.
  case invalid(InvalidTenantID)
}
