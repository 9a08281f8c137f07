/// How much a request to one tenant holds.
package struct PortionContents: Sendable, Equatable {
  package var series = 0
  package var samples = 0
  package var exemplars = 0
  package var histograms = 0
  package var metadata = 0

  package init(series: Int = 0, samples: Int = 0, exemplars: Int = 0, histograms: Int = 0, metadata: Int = 0) {
    self.series = series
    self.samples = samples
    self.exemplars = exemplars
    self.histograms = histograms
    self.metadata = metadata
  }

  /// Adds what so many series hold together.
  mutating func add(_ contents: SeriesContents, series count: Int) {
    // There are at most as many of each as a load has bytes.
    series &+= count
    samples &+= Int(contents.samples)
    exemplars &+= Int(contents.exemplars)
    histograms &+= Int(contents.histograms)
  }
}
