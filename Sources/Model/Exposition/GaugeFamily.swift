/// Gauges that are told apart by labels.
package typealias GaugeFamily = InstrumentFamily<Gauge>

extension InstrumentFamily where Instrument == Gauge {
  /// - Parameters:
  ///   - labels: the names of the one or two labels.
  ///   - tenantLimit: how many values the label `tenant_id` may take; further ones share `__other__`.
  package convenience init(
    _ name: String, help: String, labels: [String], tenantLimit: Int = TenantMetricLabel.defaultLimit
  ) {
    let metric = MetricDescription(name: name, help: help, type: .gauge)
    self.init(metric, labels: labels, tenantLimit: tenantLimit) { Gauge($0) }
  }
}
