/// Where the records of a decompressed write request are and what they hold: all that routing and
/// splitting need to know of it.
///
/// The index is filled by ``scan(_:for:)`` and reused from request to request for its memory.
struct WriteRequestIndex: ~Copyable {
  /// The TimeSeries records, in the order of the body.
  private(set) var series: [SeriesRecord] = []

  /// The tenant labels of all series, in the order of the body.
  private(set) var tenantLabels: [TenantLabel] = []

  /// The distinct values of the tenant labels.
  private(set) var values = TenantValues()

  /// Runs of adjacent MetricMetadata records, tags and lengths included.
  private(set) var metadataRuns: [Range<Int>] = []

  /// The number of MetricMetadata records.
  private(set) var metadataCount = 0

  /// Whether the body has top-level fields other than timeseries (1) and metadata (3). Those are
  /// never forwarded: Cortex acts on some of them.
  private(set) var hasForeignFields = false

  /// The labels of one series.
  @inline(__always)
  func tenantLabels(ofSeries index: Int) -> Range<Int> {
    let next = index + 1
    let end = next < series.count ? Int(series[next].firstLabel) : tenantLabels.count
    return Int(series[index].firstLabel)..<end
  }

  /// The bytes that a series takes in a request, tag and length included.
  @inline(__always)
  func length(ofSeries index: Int, removingTenantLabels: Bool) -> Int {
    removingTenantLabels ? lengthWithoutTenantLabels(ofSeries: index) : series[index].range.count
  }

  private func lengthWithoutTenantLabels(ofSeries index: Int) -> Int {
    let labels = tenantLabels(ofSeries: index)
    guard !labels.isEmpty else { return series[index].range.count }
    let payload = payloadLengthWithoutTenantLabels(ofSeries: index)
    return 1 + Varint.length(of: payload) + payload
  }

  /// The length of a series' message without its tenant labels.
  func payloadLengthWithoutTenantLabels(ofSeries index: Int) -> Int {
    let removed = tenantLabels(ofSeries: index).reduce(0) { $0 + tenantLabels[$1].range.count }
    return Int(series[index].end - series[index].payload) - removed
  }

  /// Reads a whole body that a builder holds: see the function that takes the bytes.
  mutating func scan(
    _ body: borrowing ByteBuilder, for names: TenantLabelNames, reserve: (Int) -> Bool
  ) throws(LoadError) {
    try scan(body.bytes, for: names, reserve: reserve)
  }

  /// Reads a whole body. All of it is checked before anything is believed: a request is taken whole
  /// or not at all.
  ///
  /// - Parameter reserve: asked for room as the index grows. A body of many tiny records needs an index
  ///   that is larger than itself.
  /// - Throws: what is wrong with the body, or that there is no room; the index is then of no use until
  ///   the next scan.
  mutating func scan(
    _ body: RawSpan, for names: TenantLabelNames, reserve: (Int) -> Bool
  ) throws(LoadError) {
    // Every byte pattern is a UInt8.
    try scan(unsafe body._unsafeView(as: UInt8.self), for: names, reserve)
  }

  /// The memory that the index keeps, in bytes.
  var retainedBytes: Int {
    series.capacity * MemoryLayout<SeriesRecord>.stride + tenantLabels.capacity * MemoryLayout<TenantLabel>.stride
      + metadataRuns.capacity * MemoryLayout<Range<Int>>.stride + values.retainedBytes
  }

  /// The memory in use, in bytes.
  private var usedBytes: Int {
    series.count * MemoryLayout<SeriesRecord>.stride + tenantLabels.count * MemoryLayout<TenantLabel>.stride
      + metadataRuns.count * MemoryLayout<Range<Int>>.stride + values.usedBytes
  }

  private mutating func scan(
    _ body: Span<UInt8>, for names: TenantLabelNames, _ reserve: (Int) -> Bool
  ) throws(LoadError) {
    series.removeAll(keepingCapacity: true)
    tenantLabels.removeAll(keepingCapacity: true)
    values.removeAll()
    metadataRuns.removeAll(keepingCapacity: true)
    metadataCount = 0
    hasForeignFields = false

    var room = RoomMeter()
    var position = 0
    while position < body.count {
      do throws(WireFault) {
        position = try scanRecord(body, at: position, names)
      } catch {
        throw .malformed(error)
      }
      try room.cover(usedBytes, reserve)
    }
  }

  /// Reads one field of the top level.
  ///
  /// - Returns: where the next one begins.
  @inline(__always)
  private mutating func scanRecord(
    _ body: Span<UInt8>, at position: Int, _ names: TenantLabelNames
  ) throws(WireFault) -> Int {
    if let payload = SeriesRecord.usualPayload(unsafe body.bytes, at: position) {
      try scanSeries(body, payload, tagAt: position, names)
      return payload.upperBound
    }
    var reader = WireReader(body, from: position, to: body.count, message: "WriteRequest")
    let tag = try reader.tag()
    switch tag.field {
    case 1:
      guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
      try scanSeries(body, reader.delimited(), tagAt: tag.offset, names)
    case 3:
      guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
      try WireSchema.checkMetadata(body, reader.delimited())
      addMetadata(tag.offset..<reader.position)
    default:
      try reader.skipValue(of: tag)
      hasForeignFields = true
    }
    return reader.position
  }

  private mutating func addMetadata(_ range: Range<Int>) {
    metadataCount += 1
    if let last = metadataRuns.last, last.upperBound == range.lowerBound {
      metadataRuns[metadataRuns.count - 1] = last.lowerBound..<range.upperBound
    } else {
      metadataRuns.append(range)
    }
  }

  private mutating func scanSeries(
    _ body: Span<UInt8>, _ payload: Range<Int>, tagAt start: Int, _ names: TenantLabelNames
  ) throws(WireFault) {
    var contents = SeriesContents()
    let firstLabel = tenantLabels.count
    var reader = WireReader(body, from: payload.lowerBound, to: payload.upperBound, message: "TimeSeries")
    while !reader.isAtEnd {
      reader.position = scanUsualFields(body, at: reader.position, before: reader.end, names, &contents)
      guard !reader.isAtEnd else { break }
      let tag = try reader.tag()
      switch tag.field {
      case 1...4:
        guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
        let value = try reader.delimited()
        switch tag.field {
        case 1:
          contents.labels &+= 1
          let label = try LabelPair.read(body, value)
          if names.contains(label.name, of: body) {
            addTenantLabel(body, tag.offset..<value.upperBound, value: label.value)
          }
        case 2:
          contents.samples &+= 1
          try WireSchema.checkSample(body, value)
        case 3:
          contents.exemplars &+= 1
          try WireSchema.checkExemplar(body, value)
        default:
          contents.histograms &+= 1
          try WireSchema.checkHistogram(body, value)
        }
      default:
        try reader.skipValue(of: tag)
      }
    }
    series.append(
      SeriesRecord(
        start: UInt32(start), payload: UInt32(payload.lowerBound), end: UInt32(payload.upperBound),
        firstLabel: UInt32(firstLabel), contents: contents))
  }

  /// Reads labels and then samples up to the first field that is none, or not one of the usual shape.
  ///
  /// - Returns: where that field begins.
  @inline(__always)
  private mutating func scanUsualFields(
    _ body: Span<UInt8>, at start: Int, before end: Int, _ names: TenantLabelNames, _ contents: inout SeriesContents
  ) -> Int {
    let bytes = unsafe body.bytes
    var position = start
    while true {
      let (next, count) = Self.pastOtherLabels(bytes, at: position, before: end, names)
      position = next
      contents.labels &+= count
      guard let label = LabelPair.usual(bytes, at: position, before: end) else { break }
      contents.labels &+= 1
      if names.contains(label.name, of: body) {
        addTenantLabel(body, position..<label.value.upperBound, value: label.value)
      }
      position = label.value.upperBound
    }
    while let next = WireSchema.endOfUsualSample(bytes, at: position, before: end) {
      contents.samples &+= 1
      position = next
    }
    return position
  }

  /// Moves past labels of the usual shape that are certainly no tenant labels: most of what there is to be read. A
  /// function of its own, so that it has the registers for itself.
  ///
  /// - Returns: where the first field begins that is anything else, and how many labels come before it.
  @inline(never)
  private static func pastOtherLabels(
    _ body: RawSpan, at start: Int, before end: Int, _ names: TenantLabelNames
  ) -> (position: Int, count: UInt32) {
    var position = start
    var count: UInt32 = 0
    while let label = LabelPair.usual(body, at: position, before: end) {
      // There are bytes behind the name, be it empty: a tag and a length.
      let first = unsafe body.unsafeLoad(fromUncheckedByteOffset: label.name.lowerBound, as: UInt8.self)
      if names.mayContain(length: label.name.count, first: first) { break }
      position = label.value.upperBound
      count &+= 1
    }
    return (position, count)
  }

  private mutating func addTenantLabel(_ body: Span<UInt8>, _ range: Range<Int>, value: Range<Int>) {
    tenantLabels.append(
      TenantLabel(
        start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
        value: value.isEmpty ? -1 : values.number(of: value, in: body)))
  }
}
