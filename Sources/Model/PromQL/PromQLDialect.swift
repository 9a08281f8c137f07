/// A server's version of PromQL: its words, its functions, and what it has switched on.
///
/// Source: Cortex 1.21.1 with the Prometheus parser it brings (of 3.8 or so) and Thanos' functions; Mimir's
/// `promqlext`; Prometheus 3.14 `promql/parser`.
package enum PromQLDialect: String, CaseIterable, Sendable {
  /// Cortex 1.21, which adds `xrate`, `xincrease`, `xdelta` and `holt_winters`.
  case cortex = "cortex-1.21"
  /// Mimir, which leaves most experiments on, and adds `holt_winters`.
  case mimir
  /// Prometheus 3 as it comes.
  case prometheus = "prometheus-3"

  /// What is switched on unless somebody says otherwise.
  package var defaultFeatures: PromQLFeatures {
    switch self {
    case .cortex, .prometheus: []
    case .mimir: [.experimentalFunctions, .durationExpressions, .extendedRangeSelectors]
    }
  }

  /// Whether the grammar is that of late versions 3: `start()`, `end()`, `step()` and `range()` are functions too,
  /// durations have `range()`, `min_of` and `max_of`, `fill` modifies operators, and `</` and `>/` are such.
  var isLate: Bool { self != .cortex }
}
