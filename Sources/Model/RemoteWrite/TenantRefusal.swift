/// The value of a tenant label that led to no tenant, and how many series of the load had it.
package struct TenantRefusal: Sendable, Equatable {
  /// The reasons for which a value leads nowhere.
  package enum Reason: Sendable, Equatable {
    /// An allow list is in force, and this tenant is not on it.
    case notAllowed(TenantID)
    /// The value is no tenant ID.
    case invalid(InvalidTenantID)
  }

  package var reason: Reason
  package var series: Int
}
