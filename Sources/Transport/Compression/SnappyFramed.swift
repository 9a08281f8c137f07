internal import Model

/// Snappy's framing format, for streams: a mark at the start, then chunks of at most 64 KiB, each with a
/// checksum.
///
/// Source: google/snappy `framing_format.txt`.
enum SnappyFramed {
  /// What a stream begins with: a chunk of its own kind.
  static let mark: [UInt8] = [0xFF, 0x06, 0x00, 0x00, 0x73, 0x4E, 0x61, 0x50, 0x70, 0x59]
  /// The most that a chunk holds, in bytes before compression.
  static let chunkLimit = 65_536

  /// Appends the contents of a whole stream to `output`.
  ///
  /// - Parameter limit: the greatest number of bytes that `output` may hold.
  static func decompress(
    _ bytes: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    var decoder = SnappyFramedDecoder()
    try decoder.decode(bytes, into: &output, limit: limit)
    try decoder.finish()
  }

  /// Appends `contents` to `output` as a stream.
  ///
  /// - Parameter limit: the greatest number of bytes that `output` may hold.
  static func compress(
    _ contents: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    output.append(mark.span.bytes)
    var block = ByteBuilder()
    for start in stride(from: 0, to: contents.byteCount, by: chunkLimit) {
      let part = contents.extracting(start..<min(start + chunkLimit, contents.byteCount))
      block.removeAll()
      Snappy().compress(part, into: &block)
      append(block.bytes, checksum: CRC32C.masked(part), to: &output)
      guard output.count <= limit else { throw .tooLong(limit: limit) }
    }
    guard output.count <= limit else { throw .tooLong(limit: limit) }
  }

  private static func append(_ block: RawSpan, checksum: UInt32, to output: inout ByteBuilder) {
    output.append(SnappyFramedDecoder.Chunk.compressed.rawValue)
    let length = block.byteCount + 4
    for shift in [0, 8, 16] { output.append(UInt8(truncatingIfNeeded: length >> shift)) }
    for shift in [0, 8, 16, 24] { output.append(UInt8(truncatingIfNeeded: checksum >> UInt32(shift))) }
    output.append(block)
  }
}
