/// What kind of thing a metric family holds, in Prometheus' terms.
package enum MetricType: Sendable, Hashable, CaseIterable {
  /// Only grows. The name ends in `_total`, as OpenMetrics demands.
  case counter
  /// Only grows, but got its name before OpenMetrics: without `_total`. OpenMetrics knows no such counter, so there
  /// it is of type unknown, which keeps the name that dashboards use.
  case legacyCounter
  /// Goes up and down.
  case gauge
  /// Observations, counted by upper bound.
  case histogram
  /// Always 1; what it says stands in its labels. The name ends in `_info`.
  case info
  /// None of these, or nobody knows.
  case unknown

  /// The word for this type in a `# TYPE` line.
  package func keyword(in format: ExpositionFormat) -> String {
    switch (self, format) {
    case (.counter, _), (.legacyCounter, .text): "counter"
    case (.legacyCounter, .openMetrics), (.unknown, .openMetrics): "unknown"
    case (.unknown, .text): "untyped"
    case (.gauge, _), (.info, .text): "gauge"
    case (.info, .openMetrics): "info"
    case (.histogram, _): "histogram"
    }
  }

  /// The end that names of this type have to have.
  package var requiredSuffix: String {
    switch self {
    case .counter: "_total"
    case .info: "_info"
    case .legacyCounter, .gauge, .histogram, .unknown: ""
    }
  }
}
