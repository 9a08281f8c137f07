internal import Model

/// Reads a stream in snappy's framing format as it comes in.
///
/// Source: google/snappy `framing_format.txt`.
struct SnappyFramedDecoder: ~Copyable {
  /// The kinds of chunks that are read. Those from 0x80 on are skipped, others are errors.
  enum Chunk: UInt8 {
    case compressed = 0x00
    case plain = 0x01
    case mark = 0xFF
  }

  /// A block of the largest contents is no longer than this, in libsnappy's own estimate.
  private static let blockLimit = 32 + SnappyFramed.chunkLimit + SnappyFramed.chunkLimit / 6

  /// The head of a chunk as far as it has come: its kind and its length in three bytes.
  private var head: [UInt8] = []
  /// How many bytes of the chunk are still to come.
  private var missing = 0
  private var chunk = ByteBuilder()
  private var hasMark = false

  /// Appends to `output` what `bytes` add to the contents.
  ///
  /// - Parameter limit: the greatest number of bytes that `output` may hold.
  mutating func decode(
    _ bytes: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    var offset = 0
    while offset < bytes.byteCount {
      if head.count < 4 {
        head.append(bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
        offset += 1
        if head.count == 4 { try began() }
      } else {
        let part = min(missing, bytes.byteCount - offset)
        // What is skipped may be as long as its length can say, and is not kept.
        if Chunk(rawValue: head[0]) != nil { chunk.append(bytes.extracting(offset..<offset + part)) }
        missing -= part
        offset += part
      }
      if head.count == 4, missing == 0 { try ended(&output, limit: limit) }
    }
  }

  /// The input is complete. One of no bytes at all has no contents.
  ///
  /// - Throws: `CompressionError.corrupt` where it ends too early.
  func finish() throws(CompressionError) {
    guard head.isEmpty else { throw .corrupt("snappy: stream is cut short") }
  }

  /// The length is checked before anything is kept.
  private mutating func began() throws(CompressionError) {
    missing = Int(head[1]) | Int(head[2]) << 8 | Int(head[3]) << 16
    let lengths: ClosedRange<Int>
    switch Chunk(rawValue: head[0]) {
    case .mark?: lengths = 6...6
    case .compressed?: lengths = 5...4 + Self.blockLimit
    case .plain?: lengths = 4...4 + SnappyFramed.chunkLimit
    case nil:
      guard head[0] >= 0x80 else { throw .corrupt("snappy: unknown kind of chunk \(head[0])") }
      lengths = 0...0xFF_FFFF
    }
    guard lengths.contains(missing) else { throw .corrupt("snappy: chunk of \(missing) bytes") }
    guard hasMark || head[0] == Chunk.mark.rawValue else { throw .corrupt("snappy: no mark at the start") }
  }

  private mutating func ended(_ output: inout ByteBuilder, limit: Int) throws(CompressionError) {
    switch Chunk(rawValue: head[0]) {
    case .mark?:
      guard chunk.bytes.withUnsafeBytes({ $0.elementsEqual(SnappyFramed.mark[4...]) }) else {
        throw .corrupt("snappy: no mark at the start")
      }
      hasMark = true
    case .compressed?:
      try decompressChunk(&output, limit: limit)
    case .plain?:
      guard chunk.count - 4 <= limit - output.count else { throw .tooLong(limit: limit) }
      let start = output.count
      output.append(chunk.bytes.extracting(4...))
      try check(output.bytes.extracting(start...))
    case nil:
      break
    }
    head.removeAll(keepingCapacity: true)
    chunk.removeAll()
  }

  private mutating func decompressChunk(_ output: inout ByteBuilder, limit: Int) throws(CompressionError) {
    let start = output.count
    do {
      let block = chunk.bytes.extracting(4...)
      let length = try Snappy().decompressedLength(of: block)
      guard length <= SnappyFramed.chunkLimit else {
        throw CompressionError.corrupt("snappy: chunk of \(length) bytes")
      }
      guard length <= limit - start else { throw CompressionError.tooLong(limit: limit) }
      try Snappy().decompress(block, into: &output)
    } catch let error as CompressionError {
      throw error
    } catch {
      throw .corrupt("\(error)")
    }
    try check(output.bytes.extracting(start...))
  }

  private func check(_ contents: RawSpan) throws(CompressionError) {
    var stored: UInt32 = 0
    for index in 0..<4 {
      stored |= UInt32(chunk.bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self)) << UInt32(8 * index)
    }
    guard stored == CRC32C.masked(contents) else { throw .corrupt("snappy: wrong checksum of a chunk") }
  }
}
