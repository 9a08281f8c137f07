/// What became of one tenant's share of a load.
package struct TenantOutcome: Sendable, Equatable {
  /// The tenant.
  package var tenant: TenantID
  /// Whether the tenant gets everything by default, rather than by the value of a label.
  package var isDefault: Bool
  /// How its last request ended.
  package var result: UpstreamResult

  package init(tenant: TenantID, isDefault: Bool, result: UpstreamResult) {
    self.tenant = tenant
    self.isDefault = isDefault
    self.result = result
  }

  /// How a tenant's request can end, the worst first.
  package enum Severity: Int, Comparable, Sendable {
    /// By network, time or the upstream's fault: trying again may help.
    case unavailable
    /// 429: the tenant sends too much.
    case rateLimited
    /// The upstream will never take it.
    case refused
    /// The upstream has it.
    case delivered

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }

  /// How the request ended.
  ///
  /// Beside what the contract lists: an upstream that redirects is set up wrongly, and 408 says that
  /// it did not get the request in time. Neither says anything against the data, which must not be
  /// lost for it.
  package var severity: Severity {
    guard case .response(let response) = result else { return .unavailable }
    return switch response.status {
    case 200..<300: .delivered
    case 429: .rateLimited
    case 408: .unavailable
    case 400..<500: .refused
    default: .unavailable
    }
  }

  /// How long the upstream asked to wait.
  package var retryAfter: Duration? {
    guard case .response(let response) = result else { return nil }
    return response.retryAfter
  }

  /// A line for the sender to log, the tenant first.
  package var line: String {
    switch result {
    case .failure(let failure):
      return "tenant=\(tenant) error=\(failure)"
    case .response(let response):
      let message = response.message.split(whereSeparator: \.isNewline).first ?? ""
      return "tenant=\(tenant) status=\(response.status)" + (message.isEmpty ? "" : " \(message)")
    }
  }
}
