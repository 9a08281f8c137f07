package import Model

/// What a ruler client measures.
package struct RulerMetrics: Sendable {
  let requestSeconds = HistogramFamily(
    "open_metrics_informer_ruler_request_duration_seconds",
    help: "Duration of requests to the ruler and the distributor, by operation and by the answer's status.",
    labels: ["op", "code"], bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20])

  package init() {}

  /// All of it, to be registered.
  package var all: [any MetricCollector] { [requestSeconds] }

  /// A request has ended.
  ///
  /// - Parameter code: the answer's status, or why there is none.
  func count(_ operation: RulerOperation, _ code: String, took duration: Duration) {
    requestSeconds.with(operation.rawValue, code).observe(duration.inSeconds)
  }
}

extension HTTPFailure {
  /// In a word, for metrics.
  var label: String {
    switch self {
    case .timeout: "timeout"
    case .network: "network"
    case .tooLong: "too_long"
    case .cancelled: "cancelled"
    }
  }
}
