import Model
import TestSupport
import Testing

/// What random loads hardly reach.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct LoadSplitterTests {
  @Test func aLoadAsLongAsTheLimitIsTaken() throws {
    let body = series([("tenant_id", "a")])
    let block = Splitting.block(body)
    let result = try Splitting.split(block, by: Splitting.byTenantID, limit: body.count)
    #expect(result.portions.map(\.tenant.name) == ["a"])
    #expect(throws: LoadError.tooLong(length: body.count, limit: body.count - 1)) {
      try Splitting.split(block, by: Splitting.byTenantID, limit: body.count - 1) { _ in
        Issue.record("asked for room although the load is too long")
        return true
      }
    }
  }

  @Test func aPlainLoadAsLongAsTheLimitIsTaken() throws {
    let body = series([("tenant_id", "a")])
    let load = SharedBytes(body)
    let result = try Splitting.split(load, encoding: .identity, by: Splitting.byTenantID, limit: body.count)
    #expect(try result.portions.map { try Splitting.body($0.body) } == [body])
    #expect(throws: LoadError.tooLong(length: body.count, limit: body.count - 1)) {
      try Splitting.split(load, encoding: .identity, by: Splitting.byTenantID, limit: body.count - 1)
    }
  }

  @Test(arguments: [[], [0x80], [0x05, 0x00]] as [[UInt8]])
  func aBrokenBlockIsReported(block: [UInt8]) {
    let error = #expect(throws: LoadError.self) {
      try Splitting.split(SharedBytes(block), by: Splitting.byTenantID)
    }
    guard case .corruptBlock? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anEmptyLoadGoesToNobody() throws {
    let table = RoutingTable(policy: TenancyPolicy(defaultTenants: [try TenantID("0")]))
    #expect(try Splitting.split(Splitting.block([]), by: table).portions.isEmpty)
  }

  /// Fields that Cortex acts on do not make a load by themselves.
  @Test func aLoadOfForeignFieldsGoesToNobody() throws {
    let table = RoutingTable(policy: TenancyPolicy(defaultTenants: [try TenantID("0")]))
    let body = WireField(2, .varint(1)).bytes + WireField(1002, .varint(1)).bytes
    #expect(try Splitting.split(Splitting.block(body), by: table).portions.isEmpty)
  }

  // MARK: What names no tenant

  @Test func seriesThatNameNoTenantGoToTheFallbackTenant() throws {
    let table = RoutingTable(
      policy: TenancyPolicy(fallbackTenant: try TenantID("rest"), allowedTenants: [try TenantID("a")]))
    let body =
      series([("x", "1")]) + series([("tenant_id", "a")]) + series([("tenant_id", ""), ("x", "2")])
      + series([("tenant_id", "b")]) + series([("tenant_id", "rest")])
    let result = try Splitting.split(Splitting.block(body), by: table)
    #expect(result.portions.map(\.tenant.name) == ["a", "rest"])
    let rest = series([("x", "1")]) + series([("tenant_id", ""), ("x", "2")])
    #expect(try Splitting.body(result.portions[1].body) == rest)
    #expect(result.portions.allSatisfy { !$0.isDefault })
    // Whoever is named has to be on the list, the fallback tenant too.
    #expect(Refusals(result).notAllowed == [Array("b".utf8): 1, Array("rest".utf8): 1])
    #expect(result.unroutedSeries == 2)
  }

  @Test func theFallbackTenantMayBeNamedToo() throws {
    let table = RoutingTable(policy: TenancyPolicy(fallbackTenant: try TenantID("a")))
    let body = series([("x", "1")]) + series([("tenant_id", "b")]) + series([("tenant_id", "a")])
    let result = try Splitting.split(Splitting.block(body), by: table)
    #expect(result.portions.map(\.tenant.name) == ["b", "a"])
    #expect(try Splitting.body(result.portions[1].body) == series([("x", "1")]) + series([("tenant_id", "a")]))
  }

  @Test(arguments: BodyEncoding.allCases)
  func metadataAloneGoesToTheFallbackTenant(encoding: BodyEncoding) throws {
    let table = RoutingTable(policy: TenancyPolicy(fallbackTenant: try TenantID("rest")))
    let body = WireField(3, .message([WireField(2, .bytes(Array("up".utf8)))])).bytes
    let load = encoding == .identity ? SharedBytes(body) : Splitting.block(body)
    let result = try Splitting.split(load, encoding: encoding, by: table)
    #expect(result.portions.map(\.tenant.name) == ["rest"])
    #expect(result.portions.map(\.contents) == [PortionContents(metadata: 1)])
    #expect(try result.portions.map { try Splitting.body($0.body) } == [body])
    #expect(try Splitting.split(Splitting.block([]), by: table).portions.isEmpty)
  }

  // MARK: Text

  /// SwiftProtobuf keeps such text out of its messages, so the reference has never seen it.
  @Test func textThatIsNoUTF8IsForwarded() throws {
    let odd: [UInt8] = [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80]
    let body =
      record([label(Array("tenant_id".utf8), Array("a".utf8)), label(odd, odd)])
      + record([label(Array("tenant_id".utf8), Array("b".utf8))])
    let result = try Splitting.split(Splitting.block(body), by: Splitting.byTenantID)
    #expect(result.portions.map(\.tenant.name) == ["a", "b"])
    #expect(try Splitting.body(result.portions[0].body) + Splitting.body(result.portions[1].body) == body)
  }

  @Test(arguments: [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]])
  func aTenantThatIsNoUTF8IsRefused(value: [UInt8]) throws {
    let body = record([label(Array("tenant_id".utf8), value)])
    let result = try Splitting.split(Splitting.block(body), by: Splitting.byTenantID)
    #expect(result.portions.isEmpty)
    #expect(result.unroutedSeries == 1)
    #expect(result.refusals.map(\.series) == [1])
    let text = String(decoding: value, as: UTF8.self)
    let error = InvalidTenantID.self
    #expect(throws: error) { try TenantID(text) }
    #expect(Refusals(result).invalid == [Array(text.utf8): 1])
  }

  // MARK: Many tenants

  /// More values than the hash table has room for at first, each of them on several series, and then
  /// a small load by the same splitter.
  @Test(arguments: [1000, 2049, 20_000])
  func manyTenantsAreToldApart(count: Int) throws {
    var splitter = LoadSplitter(compression: LiteralSnappy())
    let body = (0..<(3 * count)).flatMap { series([("tenant_id", "t\($0 % count)"), ("n", "\($0)")]) }
    for _ in 0..<2 {
      let result = try splitter.split(Splitting.block(body), by: Splitting.byTenantID, decompressedLimit: body.count) {
        _ in true
      }
      #expect(result.portions.map(\.tenant.name) == (0..<count).map { "t\($0)" })
      #expect(result.portions.allSatisfy { $0.contents.series == 3 })
      let last = count - 1
      let expected = [last, last + count, last + 2 * count].flatMap {
        series([("tenant_id", "t\(last)"), ("n", "\($0)")])
      }
      #expect(try Splitting.body(result.portions[last].body) == expected)
    }
    let small = series([("tenant_id", "t0")])
    let result = try splitter.split(Splitting.block(small), by: Splitting.byTenantID, decompressedLimit: 1000) { _ in
      true
    }
    #expect(result.portions.map(\.tenant.name) == ["t0"])
  }

  /// The lengths at which a series' length takes a byte less once the label is gone.
  @Test(arguments: Array(90...150) + Array(16_340...16_420))
  func aShorterSeriesHasAShorterLength(length: Int) throws {
    let table = RoutingTable(policy: TenancyPolicy(removesTenantLabels: true))
    let padding = String(repeating: "x", count: length)
    let body = series([("tenant_id", "a"), ("z", padding)]) + series([("z", padding), ("tenant_id", "a")])
    let result = try Splitting.split(Splitting.block(body), by: table)
    let expected = series([("z", padding)]) + series([("z", padding)])
    #expect(try result.portions.map { try Splitting.body($0.body) } == [expected])
  }

  // MARK: Pieces

  private func series(_ labels: [(String, String)]) -> [UInt8] {
    record(labels.map { label(Array($0.0.utf8), Array($0.1.utf8)) })
  }

  private func record(_ labels: [WireField]) -> [UInt8] {
    WireField(1, .message(labels)).bytes
  }

  private func label(_ name: [UInt8], _ value: [UInt8]) -> WireField {
    WireField(1, .message([WireField(1, .bytes(name)), WireField(2, .bytes(value))]))
  }
}
