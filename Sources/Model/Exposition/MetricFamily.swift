/// All metrics of one name, with their values at one moment.
package struct MetricFamily: Sendable, Equatable {
  /// What they are.
  package let description: MetricDescription
  /// Their values. No two have the same labels.
  package var samples: [MetricSample]

  package init(_ description: MetricDescription, samples: [MetricSample]) {
    self.description = description
    self.samples = samples
  }

  /// A family that is described here and nowhere else.
  package init(name: String, help: String, type: MetricType, samples: [MetricSample]) {
    self.init(MetricDescription(name: name, help: help, type: type), samples: samples)
  }
}
