/// How much a series, or all series of a request, holds.
struct SeriesContents {
  var samples: UInt32 = 0
  var exemplars: UInt32 = 0
  var histograms: UInt32 = 0
}
