import Model

/// What needs permission, and who gives it.
package struct AccessPolicy: Sendable {
  /// Who gives it.
  package let authenticator: Authenticator
  /// Whether what is posted needs it.
  package let protectsSubmissions: Bool
  /// Whether the metrics need it.
  package let protectsMetrics: Bool

  package init(authenticator: Authenticator, protectsSubmissions: Bool, protectsMetrics: Bool) {
    self.authenticator = authenticator
    self.protectsSubmissions = protectsSubmissions
    self.protectsMetrics = protectsMetrics
  }

  func decide(_ endpoint: Endpoint, _ fields: HeaderFields) -> AccessDecision {
    switch endpoint {
    case .submission where protectsSubmissions: authenticator.decide(fields)
    case .metrics where protectsMetrics: authenticator.decide(fields)
    case .submission, .metrics, .healthy, .ready, .up, .unknownMethod: .granted
    }
  }
}
