/// Where the records of a decompressed write request are and what they hold: all that routing and
/// splitting need to know of it.
///
/// The index is filled by ``scan(_:for:)`` and reused from request to request for its memory.
struct WriteRequestIndex: ~Copyable {
  /// The TimeSeries records, in the order of the body.
  private(set) var runs = RecordBuffer<SeriesRun>()

  /// The number of TimeSeries records.
  private(set) var seriesCount = 0

  /// The tenant labels of all series, in the order of the body.
  private(set) var tenantLabels = RecordBuffer<TenantLabel>()

  /// The number of labels of all series.
  private(set) var labelCount = 0

  /// The distinct values of the tenant labels.
  private(set) var values = TenantValues()

  /// Runs of adjacent MetricMetadata records, tags and lengths included.
  private(set) var metadataRuns: [Range<Int>] = []

  /// The number of MetricMetadata records.
  private(set) var metadataCount = 0

  /// Whether the body has top-level fields other than timeseries (1) and metadata (3). Those are
  /// never forwarded: Cortex acts on some of them.
  private(set) var hasForeignFields = false

  /// The tenant labels of a run.
  @inline(__always)
  func tenantLabels(ofRun number: Int) -> Range<Int> {
    let next = number + 1
    let end = next < runs.count ? Int(runs[next].firstLabel) : tenantLabels.count
    return Int(runs[number].firstLabel)..<end
  }

  /// The bytes that a run takes in a request, tags and lengths included.
  func length(ofRun number: Int, removingTenantLabels: Bool) -> Int {
    var length = runs[number].range.count
    guard removingTenantLabels else { return length }
    var labels = tenantLabels(ofRun: number)
    while !labels.isEmpty {
      let edit = SeriesEdit(of: tenantLabels, at: labels)
      length -= edit.series.range.count - edit.length
      labels = edit.labels.upperBound..<labels.upperBound
    }
    return length
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
    runs.retainedBytes + tenantLabels.retainedBytes + metadataRuns.capacity * MemoryLayout<Range<Int>>.stride
      + values.retainedBytes
  }

  /// The memory in use, in bytes.
  private var usedBytes: Int {
    runs.usedBytes &+ tenantLabels.usedBytes &+ metadataRuns.count &* MemoryLayout<Range<Int>>.stride
      &+ values.usedBytes
  }

  private mutating func scan(
    _ body: Span<UInt8>, for names: TenantLabelNames, _ reserve: (Int) -> Bool
  ) throws(LoadError) {
    runs.removeAll()
    seriesCount = 0
    tenantLabels.removeAll()
    labelCount = 0
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
    if let payload = SeriesExtent.usualPayload(unsafe body.bytes, at: position) {
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
    let firstLabel = tenantLabels.count
    var samples: UInt32 = 0
    var position = scanUsualLabels(unsafe body.bytes, at: payload.lowerBound, before: payload.upperBound, names)
    while let next = unsafe WireSchema.endOfUsualSample(body.bytes, at: position, before: payload.upperBound) {
      samples &+= 1
      position = next
    }
    var contents = SeriesContents(samples: samples)
    if position < payload.upperBound { contents.add(try scanFields(body, position..<payload.upperBound, names)) }
    let series = SeriesExtent(
      start: UInt32(truncatingIfNeeded: start), payload: UInt32(truncatingIfNeeded: payload.lowerBound),
      end: UInt32(truncatingIfNeeded: payload.upperBound))
    for label in firstLabel..<tenantLabels.count { tenantLabels[label].series = series }
    add(series, contents, firstLabel: firstLabel)
  }

  /// Adds the series that comes next to the last run, or begins one with it.
  @inline(__always)
  private mutating func add(_ series: SeriesExtent, _ contents: SeriesContents, firstLabel: Int) {
    seriesCount &+= 1
    let value =
      switch tenantLabels.count &- firstLabel {
      case 0: SeriesRun.noValue
      case 1: tenantLabels[firstLabel].value
      default: SeriesRun.severalValues
      }
    let last = runs.count &- 1
    if last >= 0, runs[last].value == value, value != SeriesRun.severalValues, runs[last].end == series.start {
      runs[last].end = series.end
      runs[last].count &+= 1
      runs[last].contents.add(contents)
    } else {
      runs.append(
        SeriesRun(
          start: series.start, end: series.end, count: 1, firstLabel: UInt32(truncatingIfNeeded: firstLabel),
          value: value, contents: contents))
    }
  }

  /// Reads what is left of a series, whatever it is.
  ///
  /// - Returns: what it holds there.
  private mutating func scanFields(
    _ body: Span<UInt8>, _ range: Range<Int>, _ names: TenantLabelNames
  ) throws(WireFault) -> SeriesContents {
    var contents = SeriesContents()
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "TimeSeries")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1...4:
        guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
        let value = try reader.delimited()
        switch tag.field {
        case 1:
          labelCount += 1
          let label = try LabelPair.read(body, value)
          if names.contains(label.name, of: unsafe body.bytes) {
            addTenantLabel(unsafe body.bytes, tag.offset..<value.upperBound, value: label.value)
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
    return contents
  }

  /// Reads labels up to the first field that is none, or is not of the usual shape.
  ///
  /// - Returns: where that field begins.
  @inline(__always)
  private mutating func scanUsualLabels(
    _ body: RawSpan, at start: Int, before end: Int, _ names: TenantLabelNames
  ) -> Int {
    // A label that begins before the series' end is read no further than this.
    guard body.byteCount &- end >= LabelPair.reach else { return start }
    var position = start
    var count = 0
    while let label = LabelPair.usual(body, at: position, before: end) {
      // There are bytes behind the name, be it empty: a tag and a length.
      let first = unsafe body.unsafeLoad(fromUncheckedByteOffset: label.name.lowerBound, as: UInt8.self)
      if names.mayContain(length: label.name.upperBound &- label.name.lowerBound, first: first) {
        addIfTenantLabel(body, position, label, names)
      }
      position = label.value.upperBound
      count &+= 1
    }
    labelCount &+= count
    return position
  }

  @inline(never)
  private mutating func addIfTenantLabel(
    _ body: RawSpan, _ start: Int, _ label: LabelPair, _ names: TenantLabelNames
  ) {
    guard names.contains(label.name, of: body) else { return }
    addTenantLabel(body, start..<label.value.upperBound, value: label.value)
  }

  /// Adds a label whose series is filled in once all of it is read.
  @inline(__always)
  private mutating func addTenantLabel(_ body: RawSpan, _ range: Range<Int>, value: Range<Int>) {
    tenantLabels.append(
      TenantLabel(
        start: UInt32(truncatingIfNeeded: range.lowerBound), end: UInt32(truncatingIfNeeded: range.upperBound),
        value: value.isEmpty ? SeriesRun.noValue : values.number(of: value, in: body), series: SeriesExtent()))
  }
}
