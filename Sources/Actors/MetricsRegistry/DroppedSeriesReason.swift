package import Model

/// Why a series, or a tenant's share in it, was dropped by the proxy.
package enum DroppedSeriesReason: Sendable, Equatable {
  /// An allow list is in force, and this tenant is not on it.
  case notAllowed(TenantID)
  /// The label's value is no tenant ID. It is not kept: it may be of any length.
  case invalidTenant
  /// No tenant gets the series.
  case noTenant

  package init(_ reason: TenantRefusal.Reason) {
    switch reason {
    case .notAllowed(let tenant): self = .notAllowed(tenant)
    case .invalid: self = .invalidTenant
    }
  }

  /// The value of the label `reason`.
  package var label: String {
    switch self {
    case .notAllowed: "not_allowed"
    case .invalidTenant: "invalid_tenant"
    case .noTenant: "no_tenant"
    }
  }

  /// The value of the label `tenant_id`.
  package var tenantLabel: String {
    switch self {
    case .notAllowed(let tenant): tenant.name
    case .invalidTenant, .noTenant: ""
    }
  }
}
