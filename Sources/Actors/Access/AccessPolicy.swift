import Model

/// What needs permission, and who gives it.
package struct AccessPolicy: Sendable {
  /// Who gives it.
  package let authenticator: Authenticator
  /// Whether the metrics need it as well; writes always do.
  package let protectsMetrics: Bool

  package init(authenticator: Authenticator, protectsMetrics: Bool) {
    self.authenticator = authenticator
    self.protectsMetrics = protectsMetrics
  }

  func decide(_ head: RequestHead) -> AccessDecision {
    switch Endpoint(head) {
    case .write: authenticator.decide(head.fields)
    case .metrics where protectsMetrics: authenticator.decide(head.fields)
    case .metrics, .healthy, .ready, .up, .unknownMethod: .granted
    }
  }
}
