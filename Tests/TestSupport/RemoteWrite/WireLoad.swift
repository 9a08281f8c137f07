/// A write request as bytes, put together record by record.
package struct WireLoad: Sendable {
  /// The top-level fields in the order of the body, tag and length included.
  package var records: [(field: Int, bytes: [UInt8])]

  /// The whole body, not compressed.
  package var body: [UInt8] { records.flatMap(\.bytes) }

  /// The request as any client writes it.
  package init(plain request: Prometheus_WriteRequest) {
    records = request.wireFields.map { (field: $0.number, bytes: $0.bytes) }
  }

  /// The request with oddities that protobuf allows: unknown fields, some order, needless bytes.
  ///
  /// - Parameter unknownAtTop: whether fields other than series and metadata may come at the top.
  package init(quirky request: Prometheus_WriteRequest, random: SplitMix64, unknownAtTop: Bool = true) {
    var unknown = UnknownFields(random: random, rarity: 6)
    var fields = unknown.inside(request.wireFields, of: .writeRequest)
    if unknownAtTop && unknown.random.oneIn(3) { fields = unknown.atTop(fields) }
    if unknown.random.oneIn(2) { fields.shuffle(using: &unknown.random) }
    var encoder = QuirkyEncoder(random: unknown.random)
    records = fields.map { (field: $0.number, bytes: encoder.encode([$0])) }
  }

  /// What a tenant's body is to be where nothing is removed: the original records of its series, then
  /// those of the metadata.
  package func body(ofSeries series: [Int]) -> [UInt8] {
    let all = records.filter { $0.field == 1 }
    return series.flatMap { all[$0].bytes } + records.filter { $0.field == 3 }.flatMap(\.bytes)
  }
}
