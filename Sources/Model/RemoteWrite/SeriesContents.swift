/// How much a series holds, or a run of them.
struct SeriesContents {
  var samples: UInt32 = 0
  var exemplars: UInt32 = 0
  var histograms: UInt32 = 0

  /// There are at most as many of each as a load has bytes, which 32 bits can count.
  @inline(__always)
  mutating func add(_ other: SeriesContents) {
    samples &+= other.samples
    exemplars &+= other.exemplars
    histograms &+= other.histograms
  }
}
