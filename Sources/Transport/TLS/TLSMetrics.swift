package import Model

/// The instruments of a server's encryption.
package struct TLSMetrics: Sendable {
  /// How often changed files were loaded, by `result`: `success`, or `failure` where what was there before stays.
  package let reloads = CounterFamily(
    "open_metrics_tls_reloads_total", help: "Loads of changed certificate files, by result.", labels: ["result"])
  /// Handshakes that failed, by `reason`: `refused`, `timeout`, `too_long` or `closed`.
  package let failedHandshakes = CounterFamily(
    "open_metrics_tls_handshakes_failed_total", help: "TLS handshakes that failed, by reason.", labels: ["reason"])

  package init() {}

  func countFailedHandshake(_ error: TLSError) {
    let reason =
      switch error {
      case .refused: "refused"
      case .handshakeTimeout: "timeout"
      case .handshakeTooLong: "too_long"
      case .closedDuringHandshake: "closed"
      }
    failedHandshakes.with(reason).increment()
  }
}
