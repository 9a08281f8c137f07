import Model

/// Short words for what tests of the informer are about.
enum SyncTerms {
  /// A group with one rule, whose expression tells its contents apart.
  static func group(_ name: String, _ expression: String = "up") -> RuleGroup {
    RuleGroup(name: name, rules: [Rule(record: "\(name):r", expression: expression)])
  }

  /// A resource in the namespace `rules`.
  static func resource(_ name: String, tenants: [String] = ["acme"], _ groups: RuleGroup...) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: "rules", name: name), tenants: tenants, groups: groups.map { .group($0) })
  }

  /// A group of the tenant in the ruler's namespace `rules`.
  static func key(_ tenant: TenantID, _ group: String) -> RuleKey {
    RuleKey(tenant: tenant, namespace: "rules", group: group)
  }

  /// The expressions of a group's rules.
  static func expression(_ group: RuleGroup?) -> String? {
    group?.rules.map(\.expression).joined(separator: "; ")
  }
}

extension OpenMetricsRule {
  /// The group of a name, where it can be read.
  func group(_ name: String) -> RuleGroup? {
    for case .group(let group) in groups where group.name == name { return group }
    return nil
  }
}
