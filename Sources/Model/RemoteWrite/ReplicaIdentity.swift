/// Which replica of a highly available pair sent a load, as its first series says it.
///
/// Cortex and Mimir take the samples of one replica of a pair at a time. Which replica a request is from they ask its
/// first series only, where they are not told otherwise: loads of two replicas must not share a request. What lacks the
/// cluster or the replica is of no pair.
///
/// Source: Cortex, `pkg/distributor/distributor.go`, `findHALabels` and its use in `Push`.
package struct ReplicaIdentity: Sendable, Hashable {
  /// The values of all labels for clusters, and then of all for replicas; empty for those that the series does not have.
  private let values: [[UInt8]]

  /// Reads the first of the series that begin at `position`.
  ///
  /// - Returns: `nil` where the series is of no pair.
  /// - Throws: where there is no well-formed series, which is not to be expected of what was scanned.
  init?(ofSeriesAt position: Int, in body: RawSpan, by labels: ReplicaLabels) throws(WireFault) {
    // Every byte pattern is a UInt8.
    let body = unsafe body._unsafeView(as: UInt8.self)
    var request = WireReader(body, from: position, to: body.count, message: "WriteRequest")
    _ = try request.tag()
    let series = try request.delimited()
    var reader = WireReader(body, from: series.lowerBound, to: series.upperBound, message: "TimeSeries")
    var clusters = [[UInt8]](repeating: [], count: labels.clusters.count)
    var replicas = [[UInt8]](repeating: [], count: labels.replicas.count)
    while !reader.isAtEnd {
      let tag = try reader.tag()
      guard tag.field == 1, tag.wireType == .lengthDelimited else {
        try reader.skipValue(of: tag)
        continue
      }
      let label = try LabelPair.read(body, reader.delimited())
      Self.note(label, of: body, as: labels.clusters, &clusters)
      Self.note(label, of: body, as: labels.replicas, &replicas)
    }
    guard clusters.contains(where: { !$0.isEmpty }), replicas.contains(where: { !$0.isEmpty }) else { return nil }
    values = clusters + replicas
  }

  /// Keeps a label's value where its name is one of those that count. The last one of a name counts, as in Cortex.
  private static func note(_ label: LabelPair, of body: Span<UInt8>, as names: [[UInt8]], _ values: inout [[UInt8]]) {
    for index in names.indices where isSame(body, label.name, names[index]) {
      values[index] = unsafe body.extracting(label.value).withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  private static func isSame(_ body: Span<UInt8>, _ range: Range<Int>, _ name: [UInt8]) -> Bool {
    range.count == name.count && name.indices.allSatisfy { body[range.lowerBound + $0] == name[$0] }
  }
}
