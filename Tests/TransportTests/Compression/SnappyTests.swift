import Model
import TestSupport
import Testing

@testable import Transport

@Suite struct SnappyTests {
  /// What libsnappy has compressed is read as what it was.
  @Test(arguments: [UInt64](0..<100))
  func whatTheLibraryWritesIsRead(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let contents = Contents.random(&random, upTo: random.oneIn(4) ? 300_000 : 2000)
    var block = ByteBuilder()
    Snappy().compress(contents.span.bytes, into: &block)
    #expect(try Snappy().decompressedLength(of: block.bytes) == contents.count, "seed \(seed)")
    var output = ByteBuilder()
    try Snappy().decompress(block.bytes, into: &output)
    #expect(output.freeze().array == contents, "seed \(seed)")
  }

  /// What was there before stays, be the block sound or not.
  @Test func contentsAreAppended() throws {
    var output = ByteBuilder()
    output.append(0x41)
    let sound: [UInt8] = [0x01, 0x00, 0x61]
    try Snappy().decompress(sound.span.bytes, into: &output)
    let cut: [UInt8] = [0x02, 0x00, 0x61]
    #expect(throws: CorruptBlock(reason: "1 bytes where the header says 2", offset: 3)) {
      try Snappy().decompress(cut.span.bytes, into: &output)
    }
    #expect(output.freeze().array == [0x41, 0x61])
  }
}
