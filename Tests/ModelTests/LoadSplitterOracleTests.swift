import Model
import TestSupport
import Testing

/// The splitter against the plain implementation on decoded messages, over random loads and rules.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct LoadSplitterOracleTests {
  private static let seeds: Range<UInt64> = 0..<600

  @Test(arguments: seeds)
  func everyTenantGetsWhatTheReferenceChooses(seed: UInt64) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.block, by: oracle.table)
    let shares = oracle.reference.shares

    #expect(result.portions.map(\.tenant.name) == shares.map(\.tenant), "seed \(seed)")
    for (portion, share) in zip(result.portions, shares) {
      let decoded = try Prometheus_WriteRequest(decoding: Splitting.body(portion.body))
      #expect(try decoded.encoded() == share.request.encoded(), "seed \(seed), tenant \(share.tenant)")
      #expect(!decoded.hasUnknownFields, "seed \(seed), tenant \(share.tenant)")
      #expect(portion.isDefault == share.isDefault, "seed \(seed), tenant \(share.tenant)")
      #expect(portion.contents == share.contents, "seed \(seed), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds)
  func whatGoesNowhereIsCounted(seed: UInt64) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.block, by: oracle.table)
    let reference = oracle.reference

    #expect(result.unroutedSeries == reference.dropped, "seed \(seed)")
    #expect(Refusals(result).notAllowed == reference.notAllowed, "seed \(seed)")
    #expect(Refusals(result).invalid == reference.invalid, "seed \(seed)")
    #expect(result.series == oracle.decoded.timeseries.count, "seed \(seed)")
    #expect(result.labels == oracle.decoded.timeseries.reduce(0) { $0 + $1.labels.count }, "seed \(seed)")
    #expect(result.metadata == oracle.decoded.metadata.count, "seed \(seed)")
    #expect(result.decompressedLength == oracle.body.count, "seed \(seed)")
  }

  @Test(arguments: seeds)
  func theSendersBlockGoesOutWhereNothingChanges(seed: UInt64) throws {
    let oracle = try OracleCase(seed: seed)
    let result = try Splitting.split(oracle.block, by: oracle.table)
    for (portion, share) in zip(result.portions, oracle.reference.shares) {
      let isForwarded = portion.body === oracle.block
      #expect(try isForwarded == oracle.isForwardedAsIs(share), "seed \(seed), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds)
  func withoutRemovalRecordsAreCopiedByteByByte(seed: UInt64) throws {
    let oracle = try OracleCase(seed: seed, removingLabels: false)
    let result = try Splitting.split(oracle.block, by: oracle.table)
    for (portion, share) in zip(result.portions, oracle.reference.shares) where portion.body !== oracle.block {
      let body = try Splitting.body(portion.body)
      #expect(body == oracle.wire.body(ofSeries: share.series), "seed \(seed), tenant \(share.tenant)")
    }
  }

  @Test(arguments: seeds)
  func everyAllocationIsAskedForAndMayBeRefused(seed: UInt64) throws {
    let oracle = try OracleCase(seed: seed)
    var asked: [Int] = []
    let result = try Splitting.split(oracle.block, by: oracle.table) { bytes in
      asked.append(bytes)
      return true
    }
    #expect(asked.first == oracle.body.count, "seed \(seed)")
    #expect(try asked.dropFirst().reduce(0, +) >= writtenBytes(result, oracle), "seed \(seed)")
    for refused in asked.indices {
      var call = 0
      #expect(throws: LoadError.noRoom(bytes: asked[refused]), "seed \(seed), call \(refused)") {
        try Splitting.split(oracle.block, by: oracle.table) { _ in
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
      let result = try splitter.split(oracle.block, by: oracle.table, decompressedLimit: 1 << 30) { _ in true }
      let fresh = try Splitting.split(oracle.block, by: oracle.table)
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
