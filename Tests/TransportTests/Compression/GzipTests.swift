import Model
import TestSupport
import Testing

@testable import Transport

@Suite struct GzipTests {
  private static let text = Array("open metrics open metrics open metrics open metrics open metrics ".utf8) + [0, 0xFF]

  /// Python's `gzip.compress(text, 9, mtime=0)`.
  private static let fixture: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x2F, 0x48, 0xCD, 0x53, 0xC8, 0x4D, 0x2D, 0x29,
    0xCA, 0x4C, 0x2E, 0x56, 0xC8, 0x27, 0x83, 0xC3, 0xF0, 0x1F, 0x00, 0xCF, 0x56, 0x97, 0xCC, 0x43, 0x00, 0x00, 0x00,
  ]

  /// The same of no bytes.
  private static let empty: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00,
  ]

  private func decompress(_ bytes: [UInt8], limit: Int = 1 << 20) throws(CompressionError) -> [UInt8] {
    var output = ByteBuilder()
    try Gzip.decompress(bytes.span.bytes, into: &output, limit: limit)
    return output.freeze().array
  }

  private func compress(_ contents: [UInt8]) throws(CompressionError) -> [UInt8] {
    var output = ByteBuilder()
    try Gzip.compress(contents.span.bytes, into: &output, limit: .max)
    return output.freeze().array
  }

  @Test func whatOthersWroteIsRead() throws {
    #expect(try decompress(Self.fixture) == Self.text)
    #expect(try decompress(Self.empty) == [])
  }

  @Test func membersInARowAreOneStream() throws {
    #expect(try decompress(Self.fixture + Self.empty + Self.fixture) == Self.text + Self.text)
  }

  @Test func theLimitIsExact() throws {
    #expect(try decompress(Self.fixture, limit: Self.text.count) == Self.text)
    let limit = Self.text.count - 1
    #expect(throws: CompressionError.tooLong(limit: limit)) { try decompress(Self.fixture, limit: limit) }
  }

  /// A small input may stand for much; it is given up as soon as the limit is passed.
  @Test func aBombIsDefused() throws {
    let bomb = try compress([UInt8](repeating: 0, count: 64 << 20))
    var output = ByteBuilder()
    #expect(bomb.count < 100_000)
    #expect(throws: CompressionError.tooLong(limit: 1 << 20)) {
      try Gzip.decompress(bomb.span.bytes, into: &output, limit: 1 << 20)
    }
    #expect(output.capacity < 4 << 20)
  }

  @Test(arguments: 0..<38)
  func everyCutIsFound(length: Int) {
    #expect(throws: CompressionError.corrupt("gzip: input is cut short")) {
      try decompress(Array(Self.fixture[..<length]))
    }
  }

  @Test(arguments: [0, 1, 2, 12, 30, 31, 34])
  func damageIsFound(offset: Int) {
    var damaged = Self.fixture
    damaged[offset] ^= 0x55
    let error = #expect(throws: CompressionError.self) { try decompress(damaged) }
    guard case .corrupt? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func outputThatHasNoRoomIsRefused() {
    var output = ByteBuilder()
    #expect(throws: CompressionError.tooLong(limit: 10)) {
      try Gzip.compress(Self.text.span.bytes, into: &output, limit: 10)
    }
  }

  @Test(arguments: [UInt64](0..<100))
  func whatWasCompressedComesBackHoweverItIsCut(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let contents = Contents.random(&random, upTo: 200_000)
    let compressed = try compress(contents)
    var decoder = GzipDecoder()
    var output = ByteBuilder()
    for part in Contents.cut(compressed, &random) {
      try decoder.decode(part.span.bytes, into: &output, limit: contents.count)
    }
    try decoder.finish()
    let result = output.freeze().array
    #expect(result == contents, "seed \(seed)")
  }

  @Test(arguments: [UInt64](0..<200))
  func nothingIsTooDamagedToBeRefused(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var damaged = Self.fixture
    for _ in 0...random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
    var output = ByteBuilder()
    try? Gzip.decompress(damaged.span.bytes, into: &output, limit: 4096)
    let length = output.count
    #expect(length <= 4097, "seed \(seed)")
  }
}
