/// Makes one request a tenant out of a remote-write load.
///
/// The body is scanned, never decoded: whole records are copied as they came, so that exemplars,
/// native histograms, stale markers and fields not yet invented arrive bit by bit. Where a tenant
/// takes everything unedited, the sender's own compressed block goes out; a load that came uncompressed
/// is compressed once for all such tenants.
///
/// A splitter keeps its working memory for the next load. It belongs to one worker at a time.
package struct LoadSplitter: ~Copyable {
  private let compression: any BlockCompression
  private let replicaLabels: ReplicaLabels?
  private var index = WriteRequestIndex()
  private var assignment = TenantAssignment()
  private var body = ByteBuilder()
  private var contents = ByteBuilder()
  private var block = ByteBuilder()
  /// The load that is split, where it came uncompressed: its bytes are read where they are, and `body`
  /// is empty.
  private var plainLoad: SharedBytes?
  /// A plain load as one block, made for the first tenant that takes everything.
  private var wholeBlock: SharedBytes?

  /// - Parameter replicaLabels: the labels that tell the replicas of a highly available pair apart, where portions are
  ///   to say which one they are from.
  package init(compression: any BlockCompression, replicaLabels: ReplicaLabels? = nil) {
    self.compression = compression
    self.replicaLabels = replicaLabels
  }

  /// The working memory held, in bytes. A worker that keeps splitters drops those that grew too large.
  package var retainedBytes: Int {
    body.capacity + contents.capacity + block.capacity + index.retainedBytes + assignment.retainedBytes
  }

  /// Decides who gets what of a load, and makes the requests.
  ///
  /// - Parameters:
  ///   - load: the body as the sender sent it.
  ///   - encoding: how the write request in it is encoded.
  ///   - table: the routing rules in force.
  ///   - decompressedLimit: the greatest length of the write request, in bytes; at most `Int32.max`.
  ///   - reserve: asked before each larger allocation whether there is room for so many bytes more.
  /// - Throws: why the load cannot be taken. Nothing of it may be forwarded then.
  package mutating func split(
    _ load: SharedBytes, encoding: BodyEncoding = .snappyBlock, by table: RoutingTable, decompressedLimit: Int,
    reserve: (Int) -> Bool
  ) throws(LoadError) -> SplitLoad {
    defer {
      plainLoad = nil
      wholeBlock = nil
    }
    switch encoding {
    case .snappyBlock: try decompress(load, limit: decompressedLimit, reserve)
    case .identity: try take(load, limit: decompressedLimit)
    }
    try read(by: table, reserve)
    let longest = longestPortion(table.policy)
    guard reserve(longest) else { throw .noRoom(bytes: longest) }

    var result = SplitLoad()
    result.decompressedLength = bodyLength
    result.series = index.seriesCount
    result.labels = index.labelCount
    result.metadata = index.metadataCount
    result.unroutedSeries = assignment.unrouted
    try addDefaultPortions(to: &result, load, table.policy, reserve)
    for slot in assignment.slots { try addPortion(of: slot, to: &result, load, table.policy, reserve) }
    return result
  }

  private mutating func decompress(_ load: SharedBytes, limit: Int, _ reserve: (Int) -> Bool) throws(LoadError) {
    body.removeAll()
    do {
      let length = try compression.decompressedLength(of: load.bytes)
      guard length <= min(limit, Int(Int32.max)) else { throw LoadError.tooLong(length: length, limit: limit) }
      guard reserve(length) else { throw LoadError.noRoom(bytes: length) }
      try compression.decompress(load.bytes, into: &body)
    } catch let error as LoadError {
      throw error
    } catch let error as CorruptBlock {
      throw .corruptBlock(error)
    } catch {
      fatalError("the compression throws nothing else")
    }
  }

  /// Takes a load that needs no decompression.
  private mutating func take(_ load: SharedBytes, limit: Int) throws(LoadError) {
    body.removeAll()
    guard load.count <= min(limit, Int(Int32.max)) else { throw .tooLong(length: load.count, limit: limit) }
    plainLoad = load
  }

  /// Finds the load's records, and who gets them.
  private mutating func read(by table: RoutingTable, _ reserve: (Int) -> Bool) throws(LoadError) {
    if let plainLoad {
      try index.scan(plainLoad.bytes, for: table.policy.tenantLabels, reserve: reserve)
      try assignment.assign(index, of: plainLoad.bytes, by: table, reserve: reserve)
    } else {
      try index.scan(body, for: table.policy.tenantLabels, reserve: reserve)
      try assignment.assign(index, of: body, by: table, reserve: reserve)
    }
  }

  /// The length of the write request, in bytes.
  private var bodyLength: Int { plainLoad?.count ?? body.count }

  // MARK: What goes where

  /// Whether what a tenant gets differs from what came even where it gets everything.
  private func isEdited(_ policy: TenancyPolicy) -> Bool {
    index.hasForeignFields || (policy.removesTenantLabels && !index.tenantLabels.isEmpty)
  }

  private func takesEverything(_ slot: TenantSlot) -> Bool {
    slot.contents.series == index.seriesCount
  }

  /// Whether there is anything for a slot's tenant. Metadata that comes alone is for the one who gets what names none, who
  /// has the only slot then.
  private func isServed(_ slot: TenantSlot) -> Bool {
    slot.contents.series > 0 || (index.seriesCount == 0 && index.metadataCount > 0)
  }

  /// The length of the longest request that has to be written or compressed, before compression.
  private func longestPortion(_ policy: TenancyPolicy) -> Int {
    let edited = isEdited(policy)
    let metadata = index.metadataRuns.reduce(0) { $0 + $1.count }
    let toDefaults = edited && !policy.defaultTenants.isEmpty ? bodyLength : 0
    let whole = compressesWholeLoad(policy) ? bodyLength : 0
    return assignment.slots.reduce(max(toDefaults, whole)) { longest, slot in
      guard isServed(slot), edited || !takesEverything(slot) else { return longest }
      return max(longest, slot.length + metadata)
    }
  }

  /// Whether somebody takes all of a load unedited that has to be compressed for that.
  private func compressesWholeLoad(_ policy: TenancyPolicy) -> Bool {
    guard plainLoad != nil, !isEdited(policy) else { return false }
    return !policy.defaultTenants.isEmpty
      || assignment.slots.contains { isServed($0) && takesEverything($0) }
  }

  private mutating func addDefaultPortions(
    to result: inout SplitLoad, _ load: SharedBytes, _ policy: TenancyPolicy, _ reserve: (Int) -> Bool
  ) throws(LoadError) {
    guard !policy.defaultTenants.isEmpty, index.seriesCount + index.metadataCount > 0 else { return }
    var everything = PortionContents(metadata: index.metadataCount)
    for number in index.runs.indices {
      let run = index.runs[number]
      everything.add(run.contents, series: Int(run.count))
    }
    let body = isEdited(policy) ? try writeEverything(policy, reserve) : try whole(load, reserve)
    let replica = try replica(ofRun: index.runs.isEmpty ? nil : 0)
    for tenant in policy.defaultTenants {
      result.portions.append(
        TenantPortion(tenant: tenant, isDefault: true, body: body, contents: everything, replica: replica))
    }
  }

  private mutating func addPortion(
    of slot: TenantSlot, to result: inout SplitLoad, _ load: SharedBytes, _ policy: TenancyPolicy,
    _ reserve: (Int) -> Bool
  ) throws(LoadError) {
    switch slot.route {
    case .defaultTenant:
      return
    case .notAllowed(let tenant):
      result.refusals.append(TenantRefusal(reason: .notAllowed(tenant), series: slot.refused))
    case .invalid(let error):
      result.refusals.append(TenantRefusal(reason: .invalid(error), series: slot.refused))
    case .tenant(let tenant):
      guard isServed(slot) else { return }
      var contents = slot.contents
      contents.metadata = index.metadataCount
      let isWhole = takesEverything(slot) && !isEdited(policy)
      let body = isWhole ? try whole(load, reserve) : try write(slot, policy, reserve)
      let replica = try replica(
        ofRun: slot.firstLink < 0 ? nil : Int(assignment.links[Int(slot.firstLink)].run))
      result.portions.append(
        TenantPortion(tenant: tenant, isDefault: false, body: body, contents: contents, replica: replica))
    }
  }

  /// Which replica the first series of a run is from.
  private func replica(ofRun number: Int?) throws(LoadError) -> ReplicaIdentity? {
    guard let number, let replicaLabels else { return nil }
    let position = Int(index.runs[number].start)
    do throws(WireFault) {
      guard let plainLoad else {
        return try ReplicaIdentity(ofSeriesAt: position, in: body.bytes, by: replicaLabels)
      }
      return try ReplicaIdentity(ofSeriesAt: position, in: plainLoad.bytes, by: replicaLabels)
    } catch {
      throw .malformed(error)
    }
  }

  // MARK: Writing

  /// All of the load as a block: the sender's own, where it sent one.
  private mutating func whole(_ load: SharedBytes, _ reserve: (Int) -> Bool) throws(LoadError) -> SharedBytes {
    guard plainLoad != nil else { return load }
    if let wholeBlock { return wholeBlock }
    block.removeAll()
    compression.compress(load.bytes, into: &block)
    guard reserve(block.count) else { throw .noRoom(bytes: block.count) }
    let compressed = block.exactCopy()
    wholeBlock = compressed
    return compressed
  }

  private mutating func writeEverything(
    _ policy: TenancyPolicy, _ reserve: (Int) -> Bool
  ) throws(LoadError) -> SharedBytes {
    contents.removeAll()
    contents.reserve(bodyLength)
    var range = 0..<0
    for run in index.runs.indices { write(run, policy, &range) }
    copy(range)
    return try finish(reserve)
  }

  private mutating func write(
    _ slot: TenantSlot, _ policy: TenancyPolicy, _ reserve: (Int) -> Bool
  ) throws(LoadError) -> SharedBytes {
    contents.removeAll()
    contents.reserve(slot.length)
    var range = 0..<0
    var link = slot.firstLink
    while link >= 0 {
      let next = assignment.links[Int(link)]
      write(Int(next.run), policy, &range)
      link = next.next
    }
    copy(range)
    return try finish(reserve)
  }

  /// Writes a run of series. What is copied unedited collects in `copied` as long as it is adjacent, so that
  /// neighbours are copied at once.
  @inline(__always)
  private mutating func write(_ number: Int, _ policy: TenancyPolicy, _ copied: inout Range<Int>) {
    var rest = index.runs[number].range
    if policy.removesTenantLabels {
      var labels = index.tenantLabels(ofRun: number)
      while !labels.isEmpty {
        let edit = SeriesEdit(of: index.tenantLabels, at: labels)
        collect(rest.lowerBound..<Int(edit.series.start), &copied)
        copy(copied)
        copied = 0..<0
        write(edit)
        rest = Int(edit.series.end)..<rest.upperBound
        labels = edit.labels.upperBound..<labels.upperBound
      }
    }
    collect(rest, &copied)
  }

  @inline(__always)
  private mutating func collect(_ range: Range<Int>, _ copied: inout Range<Int>) {
    if copied.upperBound == range.lowerBound {
      copied = copied.lowerBound..<range.upperBound
    } else {
      copy(copied)
      copied = range
    }
  }

  private mutating func write(_ edit: SeriesEdit) {
    contents.append(0x0A)
    Varint.append(edit.payloadLength, to: &contents)
    var position = Int(edit.series.payload)
    for label in edit.labels {
      let removed = index.tenantLabels[label].range
      copy(position..<removed.lowerBound)
      position = removed.upperBound
    }
    copy(position..<Int(edit.series.end))
  }

  private mutating func copy(_ range: Range<Int>) {
    if let plainLoad {
      contents.append(plainLoad.bytes.extracting(range))
    } else {
      contents.append(range, of: body)
    }
  }

  /// Adds the metadata, which every tenant of a load gets, and compresses.
  private mutating func finish(_ reserve: (Int) -> Bool) throws(LoadError) -> SharedBytes {
    for run in index.metadataRuns { copy(run) }
    block.removeAll()
    Self.compress(contents, by: compression, into: &block)
    guard reserve(block.count) else { throw .noRoom(bytes: block.count) }
    return block.exactCopy()
  }

  private static func compress(
    _ contents: borrowing ByteBuilder, by compression: any BlockCompression, into block: inout ByteBuilder
  ) {
    compression.compress(contents.bytes, into: &block)
  }
}
