/// Which resource has which group of which tenant.
package struct ResourceIndex: Sendable {
  /// A group of a tenant in a resource.
  struct Claim: Sendable {
    /// The resource's place in ``resources``.
    var resource: Int
    /// The group's place in the resource.
    var group: Int
    /// Whether another resource has the same group with the same content.
    var isRepeated = false
  }

  /// What is known of a tenant.
  struct Claims: Sendable {
    var byKey: [LedgerKey: Claim] = [:]
    var duplicates: [DuplicateGroup] = []
    /// The ruler's namespaces in which a resource has groups of which not even the name is known.
    var frozenNamespaces: Set<String> = []
  }

  /// From the oldest to the newest, equally old ones by namespace and name: who has a group first owns it.
  package let resources: [CheckedResource]
  /// Whether there may be groups that no resource here shows, because something could not be read.
  package let isIncomplete: Bool
  /// The namespaces of Kubernetes that have resources.
  let namespaces: Set<String>
  let ids: Set<ResourceID>
  private let claims: [TenantID: Claims]

  /// - Parameter faults: what could not be read at all; while there is something, nothing is known to be absent.
  package init(_ resources: some Sequence<CheckedResource>, faults: [String] = []) {
    let sorted = resources.sorted { left, right in
      (left.rule.created, left.rule.id) < (right.rule.created, right.rule.id)
    }
    self.resources = sorted
    isIncomplete = !faults.isEmpty || sorted.contains(where: \.rule.hasUnknownKeys)
    namespaces = Set(sorted.map(\.rule.id.namespace))
    ids = Set(sorted.map(\.rule.id))
    var claims: [TenantID: Claims] = [:]
    for (place, resource) in sorted.enumerated() {
      for tenant in resource.tenants {
        claims[tenant, default: Claims()].add(resource, at: place, owners: sorted)
      }
    }
    self.claims = claims
  }

  /// The tenants that resources name.
  package var tenants: some Sequence<TenantID> { claims.keys }

  /// The resource whose group counts, where that is not this very group of this resource and has other content.
  func otherOwner(of key: RuleKey, than resource: CheckedResource, group: Int) -> ResourceID? {
    let ledgerKey = LedgerKey(namespace: key.namespace, group: key.group)
    guard let claim = claims[key.tenant]?.byKey[ledgerKey] else { return nil }
    let owner = resources[claim.resource]
    if owner.rule.id == resource.rule.id, claim.group == group { return nil }
    let hash = owner.checks[claim.group].hash
    return hash != nil && hash == resource.checks[group].hash ? nil : owner.rule.id
  }

  /// What the resources have for a tenant.
  package func side(of tenant: TenantID) -> KubernetesSide {
    KubernetesSide(index: self, claims: claims[tenant] ?? Claims())
  }
}

extension ResourceIndex.Claims {
  fileprivate mutating func add(_ resource: CheckedResource, at place: Int, owners: [CheckedResource]) {
    for (index, group) in resource.rule.groups.enumerated() {
      guard let name = group.name else {
        frozenNamespaces.insert(resource.rulerNamespace)
        continue
      }
      let key = LedgerKey(namespace: resource.rulerNamespace, group: name)
      guard var owner = byKey[key] else {
        byKey[key] = ResourceIndex.Claim(resource: place, group: index)
        continue
      }
      let hash = owners[owner.resource].checks[owner.group].hash
      if hash != nil, hash == resource.checks[index].hash {
        owner.isRepeated = true
        byKey[key] = owner
      } else {
        duplicates.append(
          DuplicateGroup(key: key, resource: resource.rule.id, owner: owners[owner.resource].rule.id))
      }
    }
  }
}
