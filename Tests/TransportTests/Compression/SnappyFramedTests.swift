import Model
import TestSupport
import Testing

@testable import Transport

@Suite struct SnappyFramedTests {
  private static let text = Array("open metrics open metrics open metrics open metrics open metrics ".utf8) + [0, 0xFF]
  private static let mark: [UInt8] = [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59]

  /// The one chunk of what cramjam's `snappy.compress` makes of the text.
  private static let chunk: [UInt8] = [
    0x00, 0x19, 0x00, 0x00, 0x98, 0xA2, 0xC4, 0xF7, 0x43, 0x30, 0x6F, 0x70, 0x65, 0x6E, 0x20, 0x6D, 0x65, 0x74, 0x72,
    0x69, 0x63, 0x73, 0x20, 0xCE, 0x0D, 0x00, 0x04, 0x00, 0xFF,
  ]

  /// The same of bytes that it left uncompressed.
  private static let plainChunk: [UInt8] = [
    0x01, 0x1C, 0x00, 0x00, 0xBE, 0x16, 0xA7, 0x19, 0x0B, 0x30, 0x55, 0x7A, 0x9F, 0xC4, 0xE9, 0x0E, 0x33, 0x58, 0x7D,
    0xA2, 0xC7, 0xEC, 0x11, 0x36, 0x5B, 0x80, 0xA5, 0xCA, 0xEF, 0x14, 0x39, 0x5E,
  ]
  private static let plain: [UInt8] = (0..<24).map { UInt8(($0 * 37 + 11) & 0xFF) }

  private func decompress(_ bytes: [UInt8], limit: Int = 1 << 20) throws(CompressionError) -> [UInt8] {
    var output = ByteBuilder()
    try SnappyFramed.decompress(bytes.span.bytes, into: &output, limit: limit)
    return output.freeze().array
  }

  @Test func whatOthersWroteIsRead() throws {
    #expect(try decompress([]) == [])
    #expect(try decompress(Self.mark) == [])
    #expect(try decompress(Self.mark + Self.chunk) == Self.text)
    #expect(try decompress(Self.mark + Self.plainChunk) == Self.plain)
    #expect(try decompress(Self.mark + Self.chunk + Self.mark + Self.plainChunk) == Self.text + Self.plain)
  }

  @Test(arguments: [0x80, 0xFD, 0xFE] as [UInt8])
  func otherChunksAreSkipped(kind: UInt8) throws {
    let skipped = [kind, 0x03, 0x00, 0x00, 1, 2, 3]
    #expect(try decompress(Self.mark + skipped + Self.chunk + [kind, 0, 0, 0]) == Self.text)
  }

  @Test func theLimitIsExact() throws {
    for (chunk, contents) in [(Self.chunk, Self.text), (Self.plainChunk, Self.plain)] {
      #expect(try decompress(Self.mark + chunk, limit: contents.count) == contents)
      #expect(throws: CompressionError.tooLong(limit: contents.count - 1)) {
        try decompress(Self.mark + chunk, limit: contents.count - 1)
      }
    }
  }

  @Test(
    arguments: [
      (chunk, "no mark at the start"),
      ([0xFE, 0, 0, 0] + mark, "no mark at the start"),
      ([0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x5A], "no mark at the start"),
      ([0xFF, 0x05, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70], "chunk of 5 bytes"),
      (mark + [0x02, 0, 0, 0], "unknown kind of chunk 2"),
      (mark + [0x7F, 0, 0, 0], "unknown kind of chunk 127"),
      (mark + [0x00, 0x04, 0, 0], "chunk of 4 bytes"),
      (mark + [0x00, 0xFF, 0xFF, 0xFF], "chunk of 16777215 bytes"),
      (mark + [0x01, 0x03, 0, 0], "chunk of 3 bytes"),
      (mark + [0x01, 0x05, 0x00, 0x01], "chunk of 65541 bytes"),
      // A block whose header says one byte more than a chunk may have.
      (mark + [0x00, 0x07, 0, 0, 0, 0, 0, 0, 0x81, 0x80, 0x04], "chunk of 65537 bytes"),
      (mark + [0x00, 0x05, 0, 0, 0, 0, 0, 0, 0x80], "snappy: "),
      (mark + [0x01, 0x05, 0, 0, 0, 0, 0, 0, 0x80], "wrong checksum of a chunk"),
    ] as [([UInt8], String)])
  func faultsAreNamed(stream: [UInt8], fault: String) {
    let error = #expect(throws: CompressionError.self) { try decompress(stream) }
    #expect(error?.description.contains(fault) == true, "\(String(describing: error))")
  }

  @Test(arguments: 1..<39)
  func everyCutIsFound(length: Int) {
    let stream = Self.mark + Self.chunk
    guard length != Self.mark.count else { return }
    #expect(throws: CompressionError.corrupt("snappy: stream is cut short")) {
      try decompress(Array(stream[..<length]))
    }
  }

  @Test(arguments: [UInt64](0..<100))
  func whatWasCompressedComesBackHoweverItIsCut(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let contents = Contents.random(&random, upTo: 200_000)
    var compressed = ByteBuilder()
    try SnappyFramed.compress(contents.span.bytes, into: &compressed, limit: .max)
    let stream = compressed.freeze().array
    var decoder = SnappyFramedDecoder()
    var output = ByteBuilder()
    for part in Contents.cut(stream, &random) {
      try decoder.decode(part.span.bytes, into: &output, limit: contents.count)
    }
    try decoder.finish()
    let result = output.freeze().array
    #expect(result == contents, "seed \(seed)")
  }

  @Test(arguments: [UInt64](0..<200))
  func damageIsFound(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var damaged = Self.mark + Self.chunk + Self.plainChunk
    let offset = random.below(damaged.count)
    damaged[offset] ^= UInt8(1 + random.below(255))
    guard let result = try? decompress(damaged) else { return }
    // A chunk that is skipped now: the one change that makes no error.
    #expect([Self.text, Self.plain].contains(result), "seed \(seed)")
  }

  @Test func outputThatHasNoRoomIsRefused() {
    var output = ByteBuilder()
    #expect(throws: CompressionError.tooLong(limit: 38)) {
      try SnappyFramed.compress(Self.text.span.bytes, into: &output, limit: 38)
    }
    #expect(throws: CompressionError.tooLong(limit: 9)) {
      var output = ByteBuilder()
      try SnappyFramed.compress([UInt8]().span.bytes, into: &output, limit: 9)
    }
  }

  /// The vectors of RFC 3720, B.4, and the usual check value.
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C),
      (Array("123456789".utf8), 0xE306_9283),
      ([], 0),
    ] as [([UInt8], UInt32)])
  func checksumsAreThoseOfTheStandard(bytes: [UInt8], checksum: UInt32) {
    #expect(CRC32C.checksum(of: bytes.span.bytes) == checksum)
  }
}
