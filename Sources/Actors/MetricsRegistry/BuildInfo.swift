package import Model

/// The metric `open_metrics_build_info`, which says what is running.
package struct BuildInfo: MetricCollector {
  private let labels: MetricLabels

  /// - Parameters:
  ///   - version: the version of the kit.
  ///   - role: the role that this process plays.
  package init(version: String, role: String) {
    labels = ["version": version, "role": role]
  }

  package func collect() -> [MetricFamily] {
    [
      MetricFamily(
        name: "open_metrics_build_info", help: "The version of the kit and the role this process plays.", type: .info,
        samples: [MetricSample(.integer(1), labels: labels)])
    ]
  }
}
