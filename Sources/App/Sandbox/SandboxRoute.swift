/// What a path of the sandbox leads to.
enum SandboxRoute: Equatable {
  case push
  case allUserStats
  case tenants
  /// The series of the tenant of this name.
  case series(tenant: String)
  case health

  /// - Returns: `nil` where the path leads nowhere.
  init?(path: Substring) {
    switch path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
    case ["api", "v1", "push"], ["api", "prom", "push"]: self = .push
    case ["distributor", "all_user_stats"]: self = .allUserStats
    case ["ready"], ["-", "healthy"]: self = .health
    case ["sandbox", "tenants"]: self = .tenants
    case let parts where parts.count == 4 && parts.starts(with: ["sandbox", "tenants"]) && parts.last == "series":
      self = .series(tenant: String(parts[parts.startIndex + 2]))
    default: return nil
    }
  }

  /// The only method that is allowed.
  var method: String {
    switch self {
    case .push: "POST"
    case .allUserStats, .tenants, .series, .health: "GET"
    }
  }
}
