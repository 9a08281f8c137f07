package import Model

/// What one tenant is to get of a load.
package struct ReferenceShare: Sendable {
  package var tenant: String
  package var isDefault: Bool
  /// Which of the load's series, by index.
  package var series: [Int]
  /// What it gets, tenant labels removed where they are to be.
  package var request: Prometheus_WriteRequest

  /// How much that is.
  package var contents: PortionContents {
    PortionContents(
      series: request.timeseries.count,
      samples: request.timeseries.reduce(0) { $0 + $1.samples.count },
      exemplars: request.timeseries.reduce(0) { $0 + $1.exemplars.count },
      histograms: request.timeseries.reduce(0) { $0 + $1.histograms.count },
      metadata: request.metadata.count)
  }
}
