/// Which series of a load go to which tenants.
///
/// Each distinct value of a tenant label has a slot, found by the hash of its bytes, so that text is
/// made and the routing table asked once a value and not once a series. The series of a slot form a
/// chain through `links`; everything is kept in four arrays that are reused from load to load.
struct TenantAssignment: ~Copyable {
  /// A link of a slot's chain of series.
  struct Link {
    var series: Int32
    var next: Int32
  }

  /// The distinct values, in the order in which they were first seen.
  private(set) var slots: [TenantSlot] = []

  /// The chains.
  private(set) var links: [Link] = []

  /// The number of series that no tenant gets.
  private(set) var unrouted = 0

  /// Open addressing: index + 1 of a slot, 0 where empty. The size is a power of two and at least
  /// twice the number of slots.
  private var buckets = [Int32](repeating: 0, count: keptBuckets)

  /// The size to which the hash table returns after a load.
  private static let keptBuckets = 4096

  /// Assigns every series of `index`, whose body a builder holds: see the function that takes the bytes.
  mutating func assign(
    _ index: borrowing WriteRequestIndex, of body: borrowing ByteBuilder, by table: RoutingTable,
    reserve: (Int) -> Bool
  ) throws(LoadError) {
    try assign(index, of: body.bytes, by: table, reserve: reserve)
  }

  /// Assigns every series of `index`.
  ///
  /// - Parameter reserve: asked for room as distinct values and assigned series become more.
  /// - Throws: that there is no room.
  mutating func assign(
    _ index: borrowing WriteRequestIndex, of body: RawSpan, by table: RoutingTable, reserve: (Int) -> Bool
  ) throws(LoadError) {
    clear()
    var room = RoomMeter()
    let policy = table.policy
    for series in index.series.indices {
      var isRouted = !policy.defaultTenants.isEmpty
      for label in index.tenantLabels(ofSeries: series) {
        // An empty label value is the same as no label (Prometheus' data model).
        if index.tenantLabels[label].value.isEmpty { continue }
        let slot = slot(of: index.tenantLabels[label], in: body, by: table)
        let length = index.length(ofSeries: series, removingTenantLabels: policy.removesTenantLabels)
        if add(Int32(truncatingIfNeeded: series), index.series[series].contents, length: length, to: slot) {
          isRouted = true
        }
      }
      if !isRouted { unrouted += 1 }
      try room.cover(usedBytes, reserve)
    }
  }

  /// The memory that the assignment keeps, in bytes.
  var retainedBytes: Int {
    slots.capacity * MemoryLayout<TenantSlot>.stride + links.capacity * MemoryLayout<Link>.stride
      + buckets.capacity * MemoryLayout<Int32>.stride
  }

  /// The memory in use, in bytes; a distinct value also has a text of its own.
  private var usedBytes: Int {
    slots.count * (MemoryLayout<TenantSlot>.stride + TenantID.maximumLength) + links.count * MemoryLayout<Link>.stride
  }

  private mutating func clear() {
    slots.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    unrouted = 0
    // Clearing costs as much as the table is large: one load with many values must not slow down
    // all that come after it.
    if buckets.count > Self.keptBuckets { buckets = [Int32](repeating: 0, count: Self.keptBuckets) }
    for bucket in buckets.indices { buckets[bucket] = 0 }
  }

  /// Returns whether the slot leads to a tenant.
  private mutating func add(_ series: Int32, _ contents: SeriesContents, length: Int, to slot: Int) -> Bool {
    switch slots[slot].route {
    case .defaultTenant:
      return true
    case .notAllowed, .invalid:
      slots[slot].refuse(series)
      return false
    case .tenant:
      let link = Int32(truncatingIfNeeded: links.count)
      if let previous = slots[slot].add(series, contents, length: length, link: link) {
        links.append(Link(series: series, next: -1))
        if previous >= 0 { links[Int(previous)].next = link }
      }
      return true
    }
  }

  private mutating func slot(of label: TenantLabel, in body: RawSpan, by table: RoutingTable) -> Int {
    let hash = label.hash
    let value = label.value
    var bucket = Int(truncatingIfNeeded: hash) & (buckets.count - 1)
    while buckets[bucket] != 0 {
      let slot = Int(buckets[bucket]) - 1
      if slots[slot].hash == hash, Self.isSame(slots[slot].value, value, in: body) { return slot }
      bucket = (bucket + 1) & (buckets.count - 1)
    }
    let route = table.route(Self.text(value, in: body))
    slots.append(TenantSlot(hash: hash, value: value, route: route))
    buckets[bucket] = Int32(truncatingIfNeeded: slots.count)
    if slots.count * 2 > buckets.count { grow() }
    return slots.count - 1
  }

  private mutating func grow() {
    buckets = [Int32](repeating: 0, count: buckets.count * 4)
    for slot in slots.indices {
      var bucket = Int(truncatingIfNeeded: slots[slot].hash) & (buckets.count - 1)
      while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
      buckets[bucket] = Int32(truncatingIfNeeded: slot + 1)
    }
  }

  private static func isSame(_ left: Range<Int>, _ right: Range<Int>, in body: RawSpan) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count {
      let pair = unsafe (
        body.unsafeLoad(fromByteOffset: left.lowerBound + offset, as: UInt8.self),
        body.unsafeLoad(fromByteOffset: right.lowerBound + offset, as: UInt8.self)
      )
      if pair.0 != pair.1 { return false }
    }
    return true
  }

  /// Bytes that are no UTF-8 become U+FFFD, which no tenant ID may have.
  private static func text(_ range: Range<Int>, in body: RawSpan) -> String {
    unsafe body.extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
