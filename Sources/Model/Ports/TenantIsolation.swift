/// Whether a ruler tells tenants apart.
package enum TenantIsolation: Sendable, Equatable {
  /// Each tenant has rules of its own.
  case isolated
  /// All tenants are one for it, so that what is written for one replaces what was written for another. The text says
  /// what shows it.
  case shared(String)
  /// It could not be found out.
  case unknown(RulerFailure)
}
