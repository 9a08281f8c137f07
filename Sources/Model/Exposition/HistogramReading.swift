/// What a histogram has counted.
package struct HistogramReading: Sendable, Equatable {
  /// The upper bounds of the buckets, inclusive, ascending, without infinity.
  package let bounds: [Double]
  /// How many observations each bucket holds by itself; one more than there are bounds, for the rest.
  package let counts: [Int]
  /// The sum of all observations.
  package let sum: Double

  /// - Precondition: there is one count more than there are bounds.
  package init(bounds: [Double], counts: [Int], sum: Double) {
    precondition(counts.count == bounds.count + 1, "a histogram has a bucket for each bound and one for the rest")
    self.bounds = bounds
    self.counts = counts
    self.sum = sum
  }

  /// The number of observations.
  package var count: Int { counts.reduce(0, &+) }
}
