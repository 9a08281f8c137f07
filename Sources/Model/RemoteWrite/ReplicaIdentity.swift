/// Which replica of a highly available pair sent a load, as its first series says it.
///
/// Cortex and Mimir take the samples of one replica of a pair at a time. Which replica a request is from they ask its
/// first series only: loads of two replicas must not share a request.
///
/// Source: Cortex, `pkg/distributor/distributor.go`, `findHALabels` and its use in `Push`.
package struct ReplicaIdentity: Sendable, Hashable {
  /// The values of the labels; empty where the series has none of them.
  private var values: [[UInt8]?] = []

  /// Of a load whose first series says nothing.
  package init() {}

  /// Reads the first of the series that begin at `position`.
  ///
  /// - Parameter labels: the names of the labels that tell replicas apart.
  /// - Throws: where there is no well-formed series, which is not to be expected of what was scanned.
  init(ofSeriesAt position: Int, in body: RawSpan, labels: [[UInt8]]) throws(WireFault) {
    // Every byte pattern is a UInt8.
    let body = unsafe body._unsafeView(as: UInt8.self)
    var request = WireReader(body, from: position, to: body.count, message: "WriteRequest")
    _ = try request.tag()
    let series = try request.delimited()
    var reader = WireReader(body, from: series.lowerBound, to: series.upperBound, message: "TimeSeries")
    var values = [[UInt8]?](repeating: nil, count: labels.count)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.field == 1, tag.wireType == .lengthDelimited else {
        try reader.skipValue(of: tag)
        continue
      }
      let label = try LabelPair.read(body, reader.delimited())
      for index in labels.indices where Self.array(body, label.name) == labels[index] {
        values[index] = Self.array(body, label.value)
      }
    }
    if values.contains(where: { $0 != nil }) { self.values = values }
  }

  private static func array(_ body: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    unsafe body.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
