internal import Model

/// The URLs of a ruler's and a distributor's APIs.
struct RulerPaths {
  /// All groups of a tenant.
  let rules: String
  /// The tenants that have rules.
  let ruleTenants: String
  /// The tenants that have series.
  let userStats: String

  init(_ configuration: RulerClientConfiguration) {
    let ruler = Self.withoutSlash(configuration.rulerURL)
    userStats = Self.withoutSlash(configuration.distributorURL) + "/distributor/all_user_stats"
    switch configuration.dialect {
    case .cortex:
      rules = ruler + "/api/v1/rules"
      ruleTenants = ruler + "/ruler/rule_groups"
    case .mimir:
      rules = ruler + "/prometheus/config/v1/rules"
      ruleTenants = ruler + "/ruler/tenants"
    }
  }

  /// A namespace.
  func namespace(_ namespace: String) -> String {
    "\(rules)/\(PercentEncoding.encode(namespace))"
  }

  /// A group.
  func group(_ key: RuleKey) -> String {
    "\(namespace(key.namespace))/\(PercentEncoding.encode(key.group))"
  }

  private static func withoutSlash(_ url: String) -> String {
    var url = url
    while url.last == "/" { url.removeLast() }
    return url
  }
}
