import Model
import TestSupport
import Testing

/// The splitter against the plain implementation on decoded messages, over random loads and rules.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct LoadSplitterOracleTests {
  private static let seeds: Range<UInt64> = 0..<250

  @Test(arguments: seeds, BodyEncoding.allCases)
  func everyTenantGetsWhatTheReferenceChooses(seed: UInt64, encoding: BodyEncoding) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table)
    let shares = oracle.reference.shares

    #expect(result.portions.map(\.tenant.name) == shares.map(\.tenant), "seed \(seed) \(encoding)")
    for (portion, share) in zip(result.portions, shares) {
      let decoded = try Prometheus_WriteRequest(decoding: Splitting.body(portion.body))
      #expect(try decoded.encoded() == share.request.encoded(), "seed \(seed) \(encoding), tenant \(share.tenant)")
      #expect(!decoded.hasUnknownFields, "seed \(seed) \(encoding), tenant \(share.tenant)")
      #expect(portion.isDefault == share.isDefault, "seed \(seed) \(encoding), tenant \(share.tenant)")
      #expect(portion.contents == share.contents, "seed \(seed) \(encoding), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds, BodyEncoding.allCases)
  func whatGoesNowhereIsCounted(seed: UInt64, encoding: BodyEncoding) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table)
    let reference = oracle.reference

    #expect(result.unroutedSeries == reference.dropped, "seed \(seed) \(encoding)")
    #expect(Refusals(result).notAllowed == reference.notAllowed, "seed \(seed) \(encoding)")
    #expect(Refusals(result).invalid == reference.invalid, "seed \(seed) \(encoding)")
    #expect(result.series == oracle.decoded.timeseries.count, "seed \(seed) \(encoding)")
    #expect(result.labels == oracle.decoded.timeseries.reduce(0) { $0 + $1.labels.count }, "seed \(seed) \(encoding)")
    #expect(result.metadata == oracle.decoded.metadata.count, "seed \(seed) \(encoding)")
    #expect(result.decompressedLength == oracle.body.count, "seed \(seed) \(encoding)")
  }

  @Test(arguments: seeds, BodyEncoding.allCases)
  func theSendersBlockGoesOutWhereNothingChanges(seed: UInt64, encoding: BodyEncoding) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table)
    // What came uncompressed is compressed once, whoever gets it.
    let whole = Set(result.portions.filter { $0.body.array == oracle.block.array }.map { ObjectIdentifier($0.body) })
    for (portion, share) in zip(result.portions, oracle.reference.shares) {
      let isForwarded =
        encoding == .snappyBlock ? portion.body === oracle.block : whole == [ObjectIdentifier(portion.body)]
      #expect(try isForwarded == oracle.isForwardedAsIs(share), "seed \(seed) \(encoding), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds, BodyEncoding.allCases)
  func withoutRemovalRecordsAreCopiedByteByByte(seed: UInt64, encoding: BodyEncoding) throws {
    let oracle = try OracleCase(seed: seed, removingLabels: false)
    let result = try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table)
    for (portion, share) in zip(result.portions, oracle.reference.shares) where portion.body !== oracle.block {
      guard try !oracle.isForwardedAsIs(share) else { continue }
      let body = try Splitting.body(portion.body)
      #expect(body == oracle.wire.body(ofSeries: share.series), "seed \(seed) \(encoding), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds, BodyEncoding.allCases)
  func everyAllocationIsAskedForAndMayBeRefused(seed: UInt64, encoding: BodyEncoding) throws {
    let oracle = try OracleCase(seed: seed)
    var asked: [Int] = []
    let result = try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table) { bytes in
      asked.append(bytes)
      return true
    }
    let toDecompress = encoding == .snappyBlock ? 1 : 0
    if toDecompress > 0 { #expect(asked.first == oracle.body.count, "seed \(seed) \(encoding)") }
    let toWrite = asked.dropFirst(toDecompress).reduce(0, +)
    #expect(try toWrite >= writtenBytes(result, oracle), "seed \(seed) \(encoding)")
    for refused in asked.indices {
      var call = 0
      #expect(throws: LoadError.noRoom(bytes: asked[refused]), "seed \(seed) \(encoding), call \(refused)") {
        try Splitting.split(oracle.load(encoding), encoding: encoding, by: oracle.table) { _ in
          defer { call += 1 }
          return call != refused
        }
      }
    }
  }

  /// A splitter is used for one load after another; nothing of a load may be left in the next.
  @Test(arguments: [UInt64](0..<20))
  func aSplitterKeepsNothingOfEarlierLoads(seed: UInt64) throws {
    var splitter = LoadSplitter(compression: LiteralSnappy())
    for step in 0..<30 {
      let oracle = try OracleCase(seed: 10_000 + seed * 100 + UInt64(step))
      let broken = Splitting.block(oracle.body + [0x0A])
      #expect(throws: LoadError.self, "seed \(seed), step \(step)") {
        try splitter.split(broken, by: oracle.table, decompressedLimit: 1 << 30) { _ in true }
      }
      let encoding = BodyEncoding.allCases[step % 2]
      let load = oracle.load(encoding)
      let result = try splitter.split(load, encoding: encoding, by: oracle.table, decompressedLimit: 1 << 30) { _ in
        true
      }
      let fresh = try Splitting.split(load, encoding: encoding, by: oracle.table)
      #expect(result.portions.map(\.body.array) == fresh.portions.map(\.body.array), "seed \(seed), step \(step)")
      #expect(result.portions.map(\.contents) == fresh.portions.map(\.contents), "seed \(seed), step \(step)")
      #expect(result.refusals == fresh.refusals, "seed \(seed), step \(step)")
      #expect(result.unroutedSeries == fresh.unroutedSeries, "seed \(seed), step \(step)")
    }
  }

  /// The length of all bodies that were written, those that several tenants share counted once.
  private func writtenBytes(_ result: SplitLoad, _ oracle: OracleCase) throws -> Int {
    var written: [ObjectIdentifier: Int] = [:]
    for portion in result.portions where portion.body !== oracle.block {
      written[ObjectIdentifier(portion.body)] = try Splitting.body(portion.body).count
    }
    return written.values.reduce(0, +)
  }
}
