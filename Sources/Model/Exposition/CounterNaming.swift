/// Whether a counter is named as OpenMetrics wants it.
package enum CounterNaming: Sendable {
  /// The name ends in `_total`.
  case standard
  /// The name is older than that rule, and has to stay. See ``MetricType/legacyCounter``.
  case legacy

  /// The type of a counter with such a name.
  package var type: MetricType {
    switch self {
    case .standard: .counter
    case .legacy: .legacyCounter
    }
  }
}
