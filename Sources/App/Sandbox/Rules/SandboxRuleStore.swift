import Model

/// The rule groups that the sandbox holds.
struct SandboxRuleStore: Sendable {
  private struct Entry {
    let namespace: String
    let group: SandboxRuleGroup
    /// The length of the group's text in bytes.
    let length: Int
  }

  private let limits: SandboxLimits
  private var tenants: [TenantID: [SandboxRuleObject: Entry]] = [:]
  /// Of all groups.
  private var length = 0

  init(limits: SandboxLimits) {
    self.limits = limits
  }

  /// Creates or replaces a group.
  ///
  /// - Throws: the refusal of a group for which there is no room. As in Cortex, one that is replaced counts twice.
  mutating func put(_ group: SandboxRuleGroup, in namespace: String, of tenant: TenantID) throws(SandboxRefusal) {
    let object = SandboxRuleObject(namespace: namespace, group: group.name)
    let groups = tenants[tenant] ?? [:]
    try check(group, among: groups, of: tenant)
    guard object.canBeStored else {
      throw SandboxRefusal(
        status: 500, text: "open rules/\(tenant)/\(object.folder)/\(object.name): file name too long")
    }
    let entry = Entry(
      namespace: namespace, group: group, length: GoYAMLWriter.text(of: group.document).utf8.count)
    let total = length + entry.length - (groups[object]?.length ?? 0)
    guard total <= limits.maximumRuleBytes else {
      throw .invalid("sandbox limit of \(limits.maximumRuleBytes) bytes of rules exceeded")
    }
    length = total
    tenants[tenant, default: [:]][object] = entry
  }

  private func check(
    _ group: SandboxRuleGroup, among groups: [SandboxRuleObject: Entry], of tenant: TenantID
  ) throws(SandboxRefusal) {
    let rules = group.rules.count
    guard rules <= limits.maximumRulesPerGroup else {
      throw .invalid(
        "per-user rules per rule group limit (limit: \(limits.maximumRulesPerGroup) actual: \(rules)) exceeded")
    }
    guard groups.count < limits.maximumRuleGroupsPerTenant else {
      throw .invalid(
        "per-user rule groups limit (limit: \(limits.maximumRuleGroupsPerTenant) actual: \(groups.count + 1)) exceeded")
    }
    guard !groups.isEmpty || tenants.count < limits.maximumTenants else {
      throw .invalid("sandbox limit of \(limits.maximumTenants) tenants exceeded")
    }
  }

  /// Removes a group, if it is there.
  mutating func remove(_ name: String, from namespace: String, of tenant: TenantID) {
    remove([SandboxRuleObject(namespace: namespace, group: name)], of: tenant)
  }

  /// Removes all groups of a namespace.
  ///
  /// - Returns: whether there were any.
  mutating func removeNamespace(_ namespace: String, of tenant: TenantID) -> Bool {
    let objects = objects(in: namespace, of: tenant)
    remove(objects, of: tenant)
    return !objects.isEmpty
  }

  private mutating func remove(_ objects: [SandboxRuleObject], of tenant: TenantID) {
    for object in objects {
      length -= tenants[tenant]?.removeValue(forKey: object)?.length ?? 0
    }
    if tenants[tenant]?.isEmpty ?? false { tenants[tenant] = nil }
  }

  func group(_ name: String, in namespace: String, of tenant: TenantID) -> DocumentNode? {
    tenants[tenant]?[SandboxRuleObject(namespace: namespace, group: name)]?.group.document
  }

  /// The groups of a tenant by namespace; `nil` where there are none.
  ///
  /// - Parameter namespace: of this one only; `nil` of all.
  func groups(in namespace: String?, of tenant: TenantID) -> DocumentNode? {
    let groups = tenants[tenant] ?? [:]
    var documents: [String: [DocumentNode]] = [:]
    var names: [String: String] = [:]
    for object in objects(in: namespace, of: tenant) {
      guard let entry = groups[object] else { continue }
      documents[object.folder, default: []].append(entry.group.document)
      names[object.folder] = entry.namespace
    }
    let fields = documents.map { folder, groups in DocumentField(names[folder] ?? "", DocumentNode(.sequence(groups))) }
    return fields.isEmpty ? nil : DocumentNode(.mapping(fields.sorted { GoKeyOrder.precedes($0.name, $1.name) }))
  }

  /// The groups of all tenants: a mapping each.
  var all: [DocumentNode] {
    tenants.keys.sorted().compactMap { tenant in
      groups(in: nil, of: tenant).map { DocumentNode(.mapping([DocumentField(tenant.name, $0)])) }
    }
  }

  /// In the order of their names in the store.
  private func objects(in namespace: String?, of tenant: TenantID) -> [SandboxRuleObject] {
    let folder = namespace.map(SandboxRuleObject.folder)
    return (tenants[tenant] ?? [:]).keys.filter { folder == nil || $0.folder == folder }.sorted()
  }
}
