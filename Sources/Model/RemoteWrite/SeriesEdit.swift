/// A series that is to go without its tenant labels.
struct SeriesEdit {
  /// Where it stands with them.
  let series: SeriesExtent
  /// The indices of its tenant labels.
  let labels: Range<Int>
  /// The length of its message without them, in bytes.
  let payloadLength: Int

  /// The length of its record without them, tag and length included.
  var length: Int { 1 + Varint.length(of: payloadLength) + payloadLength }

  /// - Parameters:
  ///   - labels: the tenant labels of a load.
  ///   - range: the indices of those that are to go; the first one's series is meant.
  init(of labels: borrowing RecordBuffer<TenantLabel>, at range: Range<Int>) {
    series = labels[range.lowerBound].series
    var end = range.lowerBound
    var length = Int(series.end - series.payload)
    while end < range.upperBound, labels[end].series.start == series.start {
      length -= labels[end].range.count
      end += 1
    }
    self.labels = range.lowerBound..<end
    payloadLength = length
  }
}
