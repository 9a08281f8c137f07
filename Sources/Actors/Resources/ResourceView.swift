package import Model

/// The resources of a rule store, checked and indexed, at one moment. Immutable: a change makes a new view.
package struct ResourceView: Sendable {
  package let index: ResourceIndex
  /// The resources as the store has them, their statuses and versions included. What stands in ``index`` is as it was
  /// when something last changed that matters there.
  package let resources: [ResourceID: OpenMetricsRule]
  /// What could not be read at all.
  package let faults: [String]
  /// Count the changes that concern a tenant.
  let revisions: [TenantID: Int]
  /// That of all other tenants.
  let commonRevision: Int

  /// Another number whenever something has changed that concerns the tenant, also where it is not named any more.
  func revision(of tenant: TenantID) -> Int {
    revisions[tenant] ?? commonRevision
  }
}
