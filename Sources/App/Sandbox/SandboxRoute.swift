/// What a path of the sandbox leads to.
enum SandboxRoute: Equatable {
  case push
  case allUserStats
  case tenants
  /// The series of the tenant of this name.
  case series(tenant: String)
  case health
  case rules(SandboxRulesPath)
  /// The rule groups of all tenants.
  case ruleGroups

  /// - Returns: `nil` where the path leads nowhere.
  init?(path: Substring) {
    switch path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
    case ["api", "v1", "push"], ["api", "prom", "push"]: self = .push
    case ["distributor", "all_user_stats"]: self = .allUserStats
    case ["ruler", "rule_groups"]: self = .ruleGroups
    case ["ready"], ["-", "healthy"]: self = .health
    case ["sandbox", "tenants"]: self = .tenants
    case let parts where parts.count == 4 && parts.starts(with: ["sandbox", "tenants"]) && parts.last == "series":
      self = .series(tenant: String(parts[parts.startIndex + 2]))
    default:
      guard let path = SandboxRulesPath(path: path) else { return nil }
      self = .rules(path)
    }
  }

  /// The methods that are allowed; none where it does not matter.
  var methods: [String] {
    switch self {
    case .push: ["POST"]
    case .allUserStats, .ruleGroups, .tenants, .series, .health: ["GET"]
    case .rules(let path): path.methods
    }
  }

  /// Whether a POST has a body that is looked at.
  var takesBody: Bool {
    switch self {
    case .push, .rules(.namespace): true
    default: false
    }
  }
}
