import Model
import TestSupport
import Testing

/// The tests' own snappy, which the sandbox is tested with.
struct SandboxSnappyTests {
  @Test(arguments: [0, 1, 59, 60, 61, 256, 65_536, 65_537, 200_000])
  func readsWhatItWrites(length: Int) throws {
    let contents = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try LiteralSnappy.decompress(LiteralSnappy.compress(contents)) == contents)
  }

  /// Blocks put together by hand after the format's description.
  @Test(
    arguments: [
      ([6, 1 << 2, 97, 98, 0 << 2 | 1, 2], "ababab"),
      ([9, 0, 97, 7 << 2 | 2, 1, 0], "aaaaaaaaa"),
      ([9, 0, 97, 7 << 2 | 3, 1, 0, 0, 0], "aaaaaaaaa"),
      ([1, 60 << 2, 0, 97], "a"),
      ([1, 63 << 2, 0, 0, 0, 0, 97], "a"),
    ] as [([UInt8], String)])
  func readsCopies(_ block: [UInt8], _ contents: String) throws {
    #expect(String(decoding: try LiteralSnappy.decompress(block), as: UTF8.self) == contents)
  }

  @Test(
    arguments: [
      ([], "block is cut short"),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0x1F], "length of more than 32 bits"),
      ([0x80, 0x80, 0x80, 0x80, 0x80, 0x00], "length of more than 32 bits"),
      ([2, 0, 97], "contents end early"),
      ([2, 1 << 2, 97], "literal is cut short"),
      ([1, 1 << 2, 97, 98], "contents are longer than told"),
      ([2, 0, 97, 0 << 2 | 1, 1], "contents are longer than told"),
      ([8, 0, 97, 0 << 2 | 1, 2], "copy from outside of the contents"),
      ([8, 0, 97, 0 << 2 | 1, 0], "copy from outside of the contents"),
      ([8, 0, 97, 0 << 2 | 2, 1], "block is cut short"),
    ] as [([UInt8], String)])
  func refusesWhatIsNoBlock(_ block: [UInt8], _ reason: String) {
    let error = #expect(throws: CorruptBlock.self) { try LiteralSnappy.decompress(block) }
    #expect(error?.reason == reason)
  }
}
