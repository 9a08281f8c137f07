package import Model

/// The instruments of the webhook.
package struct ReviewMetrics: Sendable {
  private let reviews = CounterFamily(
    "open_metrics_informer_reviews_total",
    help: "Questions of the API server that were answered, by what was answered.", labels: ["result"])

  package init() {
    // Shown from the beginning, so that the first refusal is an increase.
    for result in ["allowed", "warned", "refused", "malformed"] { _ = reviews.with(result) }
  }

  /// All of them, to be registered.
  package var all: [any MetricCollector] { [reviews] }

  func count(_ verdict: AdmissionVerdict) {
    reviews.with(verdict.isAllowed ? verdict.warnings.isEmpty ? "allowed" : "warned" : "refused").increment()
  }

  func countMalformed() {
    reviews.with("malformed").increment()
  }
}
