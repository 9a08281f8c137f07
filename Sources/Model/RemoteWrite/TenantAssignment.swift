/// Which series of a load go to which tenants.
///
/// Each distinct value of a tenant label has a slot, and so has the tenant that gets what names none, so that text is made and the routing table asked once a
/// value and not once a series. The runs of series of a slot form a chain through `links`; everything is kept in two
/// arrays that are reused from load to load.
struct TenantAssignment: ~Copyable {
  /// A link of a slot's chain of runs.
  struct Link {
    var run: Int32
    var next: Int32
  }

  /// The distinct values, by their numbers.
  private(set) var slots: [TenantSlot] = []

  /// The chains.
  private(set) var links = RecordBuffer<Link>()

  /// The number of series that no tenant gets.
  private(set) var unrouted = 0

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
    slots.removeAll(keepingCapacity: true)
    links.removeAll()
    var room = RoomMeter()
    for number in 0..<index.values.count {
      slots.append(TenantSlot(route: table.route(Self.text(index.values[number], in: body))))
      try room.cover(usedBytes, reserve)
    }
    let fallback = fallbackSlot(table.policy)
    unrouted = try Self.chain(
      index, by: table.policy, fallback: fallback, &slots, &links, &room, beside: usedBytes, reserve)
  }

  /// The slot of the tenant that gets what names none, if there is one who does not get it anyway. It may be that of a
  /// value.
  private mutating func fallbackSlot(_ policy: TenancyPolicy) -> Int? {
    guard let tenant = policy.fallbackTenant, !policy.defaultTenants.contains(tenant) else { return nil }
    let route = TenantRoute.tenant(tenant)
    if let number = slots.firstIndex(where: { $0.route == route }) { return number }
    slots.append(TenantSlot(route: route))
    return slots.count - 1
  }

  /// Puts every run of series into the chains of its values.
  ///
  /// - Parameters:
  ///   - fallback: the slot of what names no tenant.
  ///   - others: the bytes in use beside the chains.
  /// - Returns: the number of series that no tenant gets.
  private static func chain(
    _ index: borrowing WriteRequestIndex, by policy: TenancyPolicy, fallback: Int?, _ slots: inout [TenantSlot],
    _ links: inout RecordBuffer<Link>, _ room: inout RoomMeter, beside others: Int, _ reserve: (Int) -> Bool
  ) throws(LoadError) -> Int {
    let hasDefaults = !policy.defaultTenants.isEmpty
    let labels = index.tenantLabels.span
    // Asked once who else has the array, and not at every run.
    var slots = slots.mutableSpan
    var unrouted = 0
    for number in index.runs.indices {
      let run = index.runs[number]
      let length = index.length(ofRun: number, removingTenantLabels: policy.removesTenantLabels)
      var isRouted = hasDefaults
      var namesTenant = false
      let labelsOfRun = index.tenantLabels(ofRun: number)
      // Where a run has one value, it is that of the first label.
      for label in run.value == SeriesRun.severalValues ? labelsOfRun : labelsOfRun.prefix(1) {
        let value = Int(labels[label].value)
        // An empty label value is the same as no label (Prometheus' data model).
        if value < 0 { continue }
        namesTenant = true
        switch slots[value].destination {
        case .everybody:
          isRouted = true
        case .nowhere:
          slots[value].refuse(run, number: number)
        case .chain:
          isRouted = true
          add(run, number: number, length: length, to: &slots[value], &links)
        }
      }
      if let fallback, !namesTenant {
        isRouted = true
        add(run, number: number, length: length, to: &slots[fallback], &links)
      }
      if !isRouted { unrouted &+= Int(run.count) }
      try room.cover(others &+ links.usedBytes, reserve)
    }
    return unrouted
  }

  @inline(__always)
  private static func add(
    _ run: SeriesRun, number: Int, length: Int, to slot: inout TenantSlot, _ links: inout RecordBuffer<Link>
  ) {
    guard let previous = slot.add(run, number: number, length: length, link: links.count) else { return }
    links.append(Link(run: Int32(truncatingIfNeeded: number), next: -1))
    if previous >= 0 { links[Int(previous)].next = Int32(truncatingIfNeeded: links.count &- 1) }
  }

  /// The memory that the assignment keeps, in bytes.
  var retainedBytes: Int {
    slots.capacity * MemoryLayout<TenantSlot>.stride + links.retainedBytes
  }

  /// The memory in use, in bytes; a distinct value also has a text of its own.
  private var usedBytes: Int {
    slots.count * (MemoryLayout<TenantSlot>.stride + TenantID.maximumLength) + links.usedBytes
  }

  /// Bytes that are no UTF-8 become U+FFFD, which no tenant ID may have.
  private static func text(_ range: Range<Int>, in body: RawSpan) -> String {
    unsafe body.extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
