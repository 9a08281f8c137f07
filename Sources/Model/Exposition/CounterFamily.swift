/// Counters that are told apart by labels.
package typealias CounterFamily = InstrumentFamily<Counter>

extension InstrumentFamily where Instrument == Counter {
  /// - Parameters:
  ///   - labels: the names of the one or two labels.
  ///   - tenantLimit: how many values the label `tenant_id` may take; further ones count as `__other__`.
  package convenience init(
    _ name: String, help: String, naming: CounterNaming = .standard, labels: [String],
    tenantLimit: Int = TenantMetricLabel.defaultLimit
  ) {
    let metric = MetricDescription(name: name, help: help, type: naming.type)
    self.init(metric, labels: labels, tenantLimit: tenantLimit) { Counter($0) }
  }
}
