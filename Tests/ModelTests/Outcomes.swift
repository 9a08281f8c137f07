import Model

/// Outcomes of tenants in few words.
enum Outcomes {
  /// A tenant chosen by a label, whose request was answered.
  static func labelled(_ status: Int, retryAfter: Duration? = nil, message: String = "", tenant: String = "acme")
    -> TenantOutcome
  {
    outcome(tenant, isDefault: false, .response(response(status, retryAfter, message)))
  }

  /// A default tenant, whose request was answered.
  static func byDefault(_ status: Int, retryAfter: Duration? = nil, message: String = "", tenant: String = "0")
    -> TenantOutcome
  {
    outcome(tenant, isDefault: true, .response(response(status, retryAfter, message)))
  }

  /// A tenant whose request was not answered.
  static func failed(_ failure: UpstreamFailure, tenant: String = "acme", isDefault: Bool = false) -> TenantOutcome {
    outcome(tenant, isDefault: isDefault, .failure(failure))
  }

  private static func outcome(_ tenant: String, isDefault: Bool, _ result: UpstreamResult) -> TenantOutcome {
    guard let tenant = try? TenantID(tenant) else { preconditionFailure("\(tenant) is no tenant") }
    return TenantOutcome(tenant: tenant, isDefault: isDefault, result: result)
  }

  private static func response(_ status: Int, _ retryAfter: Duration?, _ message: String) -> UpstreamResponse {
    UpstreamResponse(status: status, retryAfter: retryAfter, message: message)
  }
}
