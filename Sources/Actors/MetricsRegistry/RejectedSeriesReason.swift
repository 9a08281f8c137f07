/// Why series did not arrive upstream; the raw value is that of the label `reason`.
package enum RejectedSeriesReason: String, Sendable, CaseIterable {
  /// The upstream answered 429.
  case rateLimited = "rate_limited"
  /// The upstream answered with another 4xx.
  case refused
  /// The upstream answered 5xx or not at all.
  case unavailable
}
