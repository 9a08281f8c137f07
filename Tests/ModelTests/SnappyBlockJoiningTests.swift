import Model
import TestSupport
import Testing

/// Blocks joined without being decoded.
@Suite struct SnappyBlockJoiningTests {
  private func joined(_ blocks: [[UInt8]]) throws -> [UInt8] {
    try SnappyBlock.joined(blocks.map(SharedBytes.init)).array
  }

  @Test(
    arguments: [
      ([], [0x00]),
      ([[0x00]], [0x00]),
      ([[0x00], [0x00]], [0x00]),
      ([[0x03, 0x08, 0x61, 0x62, 0x63]], [0x03, 0x08, 0x61, 0x62, 0x63]),
      // A header that is longer than it has to be.
      ([[0x81, 0x00, 0x00, 0x61]], [0x01, 0x00, 0x61]),
      ([[0x05, 0x00, 0x61, 0x01, 0x01], [0x01, 0x00, 0x62]], [0x06, 0x00, 0x61, 0x01, 0x01, 0x00, 0x62]),
    ] as [([[UInt8]], [UInt8])])
  func theElementsStandBehindEachOther(blocks: [[UInt8]], expected: [UInt8]) throws {
    #expect(try joined(blocks) == expected)
  }

  @Test(arguments: [UInt64](0..<200))
  func theContentsAreThoseOfAllBlocks(seed: UInt64) throws {
    var generator = SnappyBlockGenerator(random: SplitMix64(seed: seed))
    var blocks: [[UInt8]] = []
    for _ in 0..<(1 + generator.random.below(6)) { blocks.append(generator.block()) }
    let joined = try joined(blocks)
    #expect(SnappyBlock.fault(in: joined.span.bytes) == nil)
    #expect(try LiteralSnappy.decompress(joined) == blocks.flatMap { try LiteralSnappy.decompress($0) })
  }

  @Test(arguments: [UInt64](0..<20))
  func aJoinedRequestIsTheUnionOfAll(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var tenants: [[String]] = []
    for _ in 0..<(1 + random.below(5)) {
      tenants.append((0..<random.below(4)).map { _ in "t\(random.below(9))" })
    }
    let joined = try SnappyBlock.joined(tenants.map(SmallLoad.block))
    let request = try Prometheus_WriteRequest(decoding: LiteralSnappy.decompress(joined.array))
    #expect(request.timeseries.map { $0.labels.last?.value ?? "" } == tenants.flatMap(\.self))
  }

  @Test(arguments: [[], [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]])
  func aBlockWithoutAHeaderIsRefused(block: [UInt8]) {
    #expect(throws: CorruptBlock.self) { try joined([[0x00], block]) }
    #expect(throws: CorruptBlock.self) { try SnappyBlock.contentsLength(of: block.span.bytes) }
  }

  /// The sum is what no header can say, although nothing of it was ever there.
  @Test func contentsThatAreTooLongTogetherAreRefused() {
    let longest: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
    #expect(throws: CorruptBlock.self) { try joined([longest, [0x01, 0x00, 0x61]]) }
  }
}
