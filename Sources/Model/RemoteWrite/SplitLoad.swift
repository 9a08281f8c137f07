/// A load after it was decided who gets what of it.
package struct SplitLoad: Sendable {
  /// One request a tenant; default tenants first, then in the order in which the tenants were first
  /// named, and a fallback tenant that nobody has named last.
  package var portions: [TenantPortion] = []
  /// Tenant labels whose value led nowhere, by value.
  package var refusals: [TenantRefusal] = []
  /// The number of series that no tenant gets.
  package var unroutedSeries = 0
  /// The number of series of the load.
  package var series = 0
  /// The number of labels on all series of the load.
  package var labels = 0
  /// The number of metadata records of the load.
  package var metadata = 0
  /// The length of the load before compression, in bytes.
  package var decompressedLength = 0
}
