/// A sample of a series: a float, or a native histogram, of which only the count is kept.
struct SandboxSample: Sendable {
  /// Milliseconds since 1970.
  var timestamp: Int64
  /// The float, or the histogram's count.
  var value: Double
  /// Whether it is a native histogram.
  var isHistogram = false

  /// Whether the other sample is the same to the bit: a stale marker is a NaN, and equal to nothing
  /// by value.
  func isSame(as other: SandboxSample) -> Bool {
    timestamp == other.timestamp && isHistogram == other.isHistogram && value.bitPattern == other.value.bitPattern
  }
}
