import Model

/// Which state of each tenant's resources was acted on.
struct SeenRevisions {
  private var revisions: [TenantID: Int] = [:]

  /// The tenants for which something has changed since this was asked last.
  mutating func changed(_ tenants: Set<TenantID>, in view: ResourceView) -> Set<TenantID> {
    tenants.filter { tenant in
      let revision = view.revision(of: tenant)
      defer { revisions[tenant] = revision }
      return revisions[tenant] != revision
    }
  }
}
