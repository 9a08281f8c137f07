import Actors
import Logging
import Model
import Transport

/// What the roles of a process share.
struct CommonParts {
  let listener: ListenerConfiguration
  let security: ListenerSecurity
  let drainTimeout: Duration
  let time: any TimeSource
  let logger: Logger

  /// What every role shows on its port, beside its own metrics.
  func collectors(of role: Role) -> [any MetricCollector] {
    (security.tls?.collectors ?? []) + [BuildInfo(version: Version.current, role: role.rawValue), ProcessMetrics()]
  }
}
