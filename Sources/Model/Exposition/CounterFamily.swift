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

  // Counters are found for every request. The compiler makes code of its own for those that are found here, where what
  // the instruments are is known; elsewhere it asks for their type each time.

  /// The counter with this value of the only label.
  ///
  /// - Precondition: the family has one label.
  package func with(_ value: String) -> Counter { instrument(LabelValues(first: value)) }

  /// The counter with these values of the labels.
  ///
  /// - Precondition: the family has two labels.
  package func with(_ first: String, _ second: String) -> Counter {
    instrument(LabelValues(first: first, second: second))
  }
}
