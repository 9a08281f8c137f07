/// Something that counts or measures, and shows it as one metric. Alone it is a family of its own; several make an
/// ``InstrumentFamily``.
package protocol MetricInstrument: AnyObject, MetricCollector {
  /// The family it belongs to.
  var metric: MetricDescription { get }

  /// What it shows now.
  var reading: MetricValue { get }
}

extension MetricInstrument {
  package func collect() -> [MetricFamily] {
    [MetricFamily(metric, samples: [MetricSample(reading)])]
  }
}
