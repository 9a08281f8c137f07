import Model
import TestSupport
import Testing

/// Where a block is broken, and what is said of it.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct SnappyBlockTests {
  @Test(
    arguments: [
      // Nothing at all, and a header with needless bytes.
      [0x00], [0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x00],
      // Literals: a length in the tag, and in one to four bytes after it.
      [0x01, 0x00, 0x61], [0x03, 0x08, 0x61, 0x62, 0x63], [0x01, 0xF0, 0x00, 0x61],
      [0x01, 0xF4, 0x00, 0x00, 0x61], [0x01, 0xF8, 0x00, 0x00, 0x00, 0x61], [0x01, 0xFC, 0x00, 0x00, 0x00, 0x00, 0x61],
      // Copies with an offset of one, two and four bytes, overlapping and not.
      [0x05, 0x00, 0x61, 0x01, 0x01], [0x0C, 0x00, 0x61, 0x1D, 0x01], [0x02, 0x00, 0x61, 0x02, 0x01, 0x00],
      [0x41, 0x00, 0x61, 0xFE, 0x01, 0x00], [0x02, 0x00, 0x61, 0x03, 0x01, 0x00, 0x00, 0x00],
      [0x03, 0x04, 0x61, 0x62, 0x02, 0x02, 0x00],
    ] as [[UInt8]])
  func aSoundBlockHasNoFault(block: [UInt8]) {
    #expect(fault(in: block) == nil)
  }

  @Test(
    arguments: [
      ([], "empty", 0),
      ([0x80], "length header cut short", 0),
      ([0xFF, 0xFF, 0xFF, 0xFF], "length header cut short", 0),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0x10], "length header does not fit in 32 bits", 0),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x00], "length header does not fit in 32 bits", 0),
      ([0x01], "0 bytes where the header says 1", 1),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "0 bytes where the header says 4294967295", 5),
      ([0x02, 0x00, 0x61], "1 bytes where the header says 2", 3),
      ([0x00, 0x00, 0x61], "more bytes than the 0 the header says", 1),
      ([0x01, 0x04, 0x61, 0x62], "more bytes than the 1 the header says", 1),
      ([0x04, 0x00, 0x61, 0x01, 0x01], "more bytes than the 4 the header says", 3),
      ([0x02, 0x04, 0x61], "literal of 2 bytes goes past the end", 1),
      ([0x01, 0x00], "literal of 1 bytes goes past the end", 1),
      ([0x01, 0xF0], "element cut short", 1),
      ([0x01, 0xF4, 0x00], "element cut short", 1),
      ([0x01, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x61], "literal of 4294967296 bytes goes past the end", 1),
      ([0x05, 0x00, 0x61, 0x01], "element cut short", 3),
      ([0x05, 0x00, 0x61, 0x02, 0x01], "element cut short", 3),
      ([0x05, 0x00, 0x61, 0x03, 0x01, 0x00, 0x00], "element cut short", 3),
      ([0x05, 0x00, 0x61, 0x01, 0x00], "copy from offset 0", 3),
      ([0x02, 0x00, 0x61, 0x02, 0x00, 0x00], "copy from offset 0", 3),
      ([0x05, 0x00, 0x61, 0x01, 0x02], "copy from 2 bytes back, where there are 1", 3),
      ([0x04, 0x01, 0x01], "copy from 1 bytes back, where there are 0", 1),
      ([0x05, 0x00, 0x61, 0x21, 0x01], "copy from 257 bytes back, where there are 1", 3),
      ([0x02, 0x00, 0x61, 0x02, 0x00, 0x01], "copy from 256 bytes back, where there are 1", 3),
      ([0x02, 0x00, 0x61, 0x03, 0x00, 0x00, 0x00, 0x01], "copy from 16777216 bytes back, where there are 1", 3),
      ([0x05, 0x00, 0x61, 0x01, 0x01, 0x00], "literal of 1 bytes goes past the end", 5),
    ] as [([UInt8], String, Int)])
  func aFaultHasItsReasonAndItsByte(block: [UInt8], reason: String, offset: Int) {
    let fault = self.fault(in: block)
    #expect(fault == CorruptBlock(reason: reason, offset: offset))
    #expect(fault?.description == "snappy: \(reason) at byte \(offset)")
  }

  /// A block that is cut short anywhere has a fault, and the fault is inside of what is left.
  @Test func everyCutIsFound() throws {
    let block: [UInt8] = [0x0C, 0x08, 0x61, 0x62, 0x63, 0x01, 0x03, 0x12, 0x02, 0x00]
    #expect(fault(in: block) == nil)
    for length in block.indices {
      let cut = fault(in: Array(block[..<length]))
      let fault = try #require(cut, "length \(length)")
      #expect(0...length ~= fault.offset, "length \(length)")
    }
  }

  /// The walker and a decoder agree on which blocks are sound.
  @Test(arguments: [UInt64](0..<100))
  func whatADecoderRefusesHasAFault(seed: UInt64) {
    var generator = SnappyBlockGenerator(random: SplitMix64(seed: seed))
    let block = generator.block()
    #expect(fault(in: block) == nil, "seed \(seed)")
    var mutation = Mutation(random: generator.random)
    for step in 0..<50 {
      let damaged = mutation.damaged(block)
      let fault = self.fault(in: damaged)
      #expect((fault == nil) == isReadable(damaged), "seed \(seed), step \(step)")
      #expect(0...damaged.count ~= fault?.offset ?? 0, "seed \(seed), step \(step)")
    }
  }

  private func isReadable(_ block: [UInt8]) -> Bool {
    (try? LiteralSnappy.decompress(block)) != nil
  }

  private func fault(in block: [UInt8]) -> CorruptBlock? {
    SnappyBlock.fault(in: block.span.bytes)
  }
}
