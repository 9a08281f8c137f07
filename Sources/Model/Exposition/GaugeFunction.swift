/// A gauge whose level is asked for when it is shown, for what is counted elsewhere already.
package struct GaugeFunction: MetricCollector {
  private let metric: MetricDescription
  private let labels: MetricLabels
  private let read: @Sendable () -> Double?

  /// - Parameter read: the level now; `nil`: there is none. Called on any thread; must not wait.
  package init(_ name: String, help: String, labels: MetricLabels = [:], read: @escaping @Sendable () -> Double?) {
    metric = MetricDescription(name: name, help: help, type: .gauge)
    self.labels = labels
    self.read = read
  }

  package func collect() -> [MetricFamily] {
    [MetricFamily(metric, samples: read().map { [MetricSample(.number($0), labels: labels)] } ?? [])]
  }
}
