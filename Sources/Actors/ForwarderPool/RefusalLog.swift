import Logging
import Model
import Synchronization

/// Logs what does not reach a tenant although the load succeeds, at most once a minute for each kind:
/// senders repeat themselves many times a second.
final class RefusalLog: Sendable {
  private enum Kind: Hashable {
    case notAllowed
    case invalid
    case rateLimited
    case refused
  }

  private static let interval = Duration.seconds(60)

  private let logger: Logger
  private let time: any TimeSource
  private let lastLogged = Mutex<[Kind: MonotonicTime]>([:])

  init(logger: Logger, time: any TimeSource) {
    self.logger = logger
    self.time = time
  }

  /// Label values that led nowhere.
  func note(_ refusal: TenantRefusal) {
    switch refusal.reason {
    case .notAllowed(let tenant):
      log(.notAllowed, .info, "series not sent: tenant \(tenant) is not on the allow list")
    case .invalid(let error):
      log(.invalid, .warning, "series not sent: \(error)")
    }
  }

  /// A tenant's share that the upstream did not take for good.
  func note(_ outcome: TenantOutcome) {
    switch outcome.severity {
    case .rateLimited: log(.rateLimited, .warning, "upstream limits a tenant: \(outcome.line)")
    case .refused: log(.refused, .warning, "upstream refused a tenant's series: \(outcome.line)")
    case .unavailable, .delivered: break
    }
  }

  private func log(_ kind: Kind, _ level: Logger.Level, _ message: @autoclosure () -> Logger.Message) {
    let now = time.now
    let isDue = lastLogged.withLock { lastLogged in
      if let last = lastLogged[kind], now - last < Self.interval { return false }
      lastLogged[kind] = now
      return true
    }
    if isDue { logger.log(level: level, "\(message()) (further ones are not logged for a minute)") }
  }
}
