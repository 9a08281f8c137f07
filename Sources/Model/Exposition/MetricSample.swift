/// The value of one metric of a family.
package struct MetricSample: Sendable, Equatable {
  /// What tells it from the others of the family.
  package var labels: MetricLabels
  /// The value.
  package var value: MetricValue

  package init(_ value: MetricValue, labels: MetricLabels = [:]) {
    self.labels = labels
    self.value = value
  }
}
