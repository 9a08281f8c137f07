/// What is asked of a ruler or a distributor, as metrics name it.
enum RulerOperation: String, Sendable {
  /// All groups of a tenant.
  case list
  /// One group.
  case get
  case put
  case delete
  /// Who has rules or series.
  case tenants

  /// The method of HTTP.
  var method: String {
    switch self {
    case .list, .get, .tenants: "GET"
    case .put: "POST"
    case .delete: "DELETE"
    }
  }
}
