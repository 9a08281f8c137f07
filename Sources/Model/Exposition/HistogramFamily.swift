/// Histograms that are told apart by labels.
package typealias HistogramFamily = InstrumentFamily<Histogram>

extension InstrumentFamily where Instrument == Histogram {
  /// - Parameters:
  ///   - labels: the names of the one or two labels.
  ///   - bounds: the upper bounds of the buckets, inclusive, finite, ascending.
  ///   - tenantLimit: how many values the label `tenant_id` may take; further ones count as `__other__`.
  package convenience init(
    _ name: String, help: String, labels: [String], bounds: [Double],
    tenantLimit: Int = TenantMetricLabel.defaultLimit
  ) {
    let metric = MetricDescription(name: name, help: help, type: .histogram)
    self.init(metric, labels: labels, tenantLimit: tenantLimit) { Histogram($0, bounds: bounds) }
  }
}
