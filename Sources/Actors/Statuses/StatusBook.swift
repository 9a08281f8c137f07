import Model

/// Which statuses have to be written.
///
/// A status is about all tenants of a resource, and is made when all of them have been looked at since the resource
/// changed: until then it would tell of what was.
struct StatusBook: ~Copyable {
  /// A status to be written.
  struct Entry: Sendable {
    var rule: OpenMetricsRule
    var status: RuleStatus
  }

  private struct Written {
    var uid: String
    var status: RuleStatus
  }

  /// What was written, as long as the watch has not told of it.
  private var written: [ResourceID: Written] = [:]

  /// The statuses that are to be written.
  ///
  /// - Parameters:
  ///   - tenants: those for which something stands otherwise. Resources without any tenant are looked at in any case.
  ///   - record: what is remembered of a tenant.
  ///   - now: in seconds since 1970.
  mutating func entries(
    for tenants: Set<TenantID>, in view: ResourceView, now: Int64, record: (TenantID) -> TenantRecord
  ) -> [Entry] {
    forgetWhatIsTold(by: view)
    var records: [TenantID: TenantRecord] = [:]
    for tenant in Set(view.index.resources.lazy.flatMap(\.tenants)) { records[tenant] = record(tenant) }
    return view.index.resources.compactMap { resource -> Entry? in
      guard resource.tenants.isEmpty || resource.tenants.contains(where: { tenants.contains($0) }) else { return nil }
      return entry(for: resource, in: view, now: now, records)
    }
  }

  /// A status was written.
  mutating func wrote(_ entry: Entry) {
    written[entry.rule.id] = Written(uid: entry.rule.uid, status: entry.status)
  }

  private func entry(
    for resource: CheckedResource, in view: ResourceView, now: Int64, _ records: [TenantID: TenantRecord]
  ) -> Entry? {
    guard var rule = view.resources[resource.rule.id] else { return nil }
    let isUpToDate = resource.tenants.allSatisfy { records[$0]?.revision == view.revision(of: $0) }
    guard isUpToDate else { return nil }
    if let written = written[rule.id], written.uid == rule.uid { rule.status = written.status }
    let status = RuleStatus(of: resource.of(rule), in: view.index, now: now) { key in
      records[key.tenant]?.groups[LedgerKey(namespace: key.namespace, group: key.group)]?.report
    }
    return status == rule.status ? nil : Entry(rule: rule, status: status)
  }

  private mutating func forgetWhatIsTold(by view: ResourceView) {
    written = written.filter { id, written in
      guard let rule = view.resources[id], rule.uid == written.uid else { return false }
      return rule.status != written.status
    }
  }
}
