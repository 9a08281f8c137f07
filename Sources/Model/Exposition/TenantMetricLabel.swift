/// The label that tells tenants apart in the kit's own metrics.
package enum TenantMetricLabel {
  /// Its name.
  package static let name = "tenant_id"
  /// Its value for all tenants beyond the limit.
  package static let other = "__other__"
  /// How many tenants a family tells apart, where nothing else is said.
  package static let defaultLimit = 10_000
}
