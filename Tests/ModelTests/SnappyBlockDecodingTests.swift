import Model
import TestSupport
import Testing

/// What a block's contents are, beside a decoder that goes byte by byte.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct SnappyBlockDecodingTests {
  /// Stands behind the room that a decoder is given, and must stay as it is.
  private static let guardBytes = [UInt8](repeating: 0xA5, count: 80)

  private func decode(_ block: [UInt8]) throws(CorruptBlock) -> [UInt8] {
    let length = try LiteralSnappy().decompressedLength(of: block.span.bytes)
    var output = [UInt8](repeating: 0, count: length) + Self.guardBytes
    let fault = output.withUnsafeMutableBytes { bytes -> CorruptBlock? in
      var room = MutableRawSpan(_unsafeBytes: UnsafeMutableRawBufferPointer(rebasing: bytes[..<length]))
      do throws(CorruptBlock) {
        try SnappyBlock.decode(block.span.bytes, into: &room)
        return nil
      } catch {
        return error
      }
    }
    #expect(output.suffix(80) == Self.guardBytes[...])
    if let fault { throw fault }
    return Array(output.prefix(length))
  }

  @Test(
    arguments: [
      ([0x00], ""),
      ([0x03, 0x08, 0x61, 0x62, 0x63], "abc"),
      ([0x05, 0x00, 0x61, 0x01, 0x01], "aaaaa"),
      ([0x0C, 0x08, 0x61, 0x62, 0x63, 0x01, 0x03, 0x12, 0x02, 0x00], "abcabcacacac"),
    ] as [([UInt8], String)])
  func theContentsAreThoseThatTheFormatSays(block: [UInt8], contents: String) throws {
    #expect(try decode(block) == Array(contents.utf8))
  }

  /// Short and long elements of all kinds, near to the ends and far from them.
  @Test(arguments: [UInt64](0..<200))
  func theContentsAreThoseOfAnotherDecoder(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let block = Self.block(&random)
    #expect(try decode(block) == LiteralSnappy.decompress(block), "seed \(seed)")
  }

  /// Where a block is damaged, what is said of it is what the walker says, and nothing is written outside.
  @Test(arguments: [UInt64](0..<100))
  func whatIsDamagedIsRefused(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let block = Self.block(&random)
    var mutation = Mutation(random: random)
    for step in 0..<50 {
      let damaged = mutation.damaged(block)
      // A header may say anything; the room for it is another's to refuse.
      guard let length = try? LiteralSnappy().decompressedLength(of: damaged.span.bytes), length < 1 << 20 else {
        continue
      }
      if let fault = SnappyBlock.fault(in: damaged.span.bytes) {
        #expect(throws: fault, "seed \(seed), step \(step)") { try decode(damaged) }
      } else {
        #expect(try decode(damaged) == LiteralSnappy.decompress(damaged), "seed \(seed), step \(step)")
      }
    }
  }

  private static func block(_ random: inout SplitMix64) -> [UInt8] {
    var elements: [UInt8] = []
    var length = 0
    for _ in 0..<random.below(200) {
      if length == 0 || random.oneIn(3) {
        let count = 1 + random.below(random.oneIn(8) ? 300 : 20)
        elements += count <= 60 ? [UInt8((count - 1) << 2)] : [61 << 2] + WireBytes.fixed(UInt16(count - 1))
        elements += (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        length += count
      } else {
        let offset = 1 + random.below(random.oneIn(4) ? min(length, 20) : length)
        let count = 1 + random.below(64)
        switch random.below(3) {
        case 0 where 4...11 ~= count && offset < 2048:
          elements += [UInt8(1 | (count - 4) << 2 | (offset >> 8) << 5), UInt8(offset & 0xFF)]
        case 1:
          elements += [UInt8(3 | (count - 1) << 2)] + WireBytes.fixed(UInt32(offset))
        default:
          elements += [UInt8(2 | (count - 1) << 2)] + WireBytes.fixed(UInt16(offset))
        }
        length += count
      }
    }
    return WireBytes.varint(UInt64(length)) + elements
  }
}
