package import Model

/// Snappy blocks in plain Swift: writes blocks of literals only, which is valid, and reads all of the
/// format.
///
/// Source: google/snappy `format_description.txt`.
package struct LiteralSnappy: BlockCompression {
  package init() {}

  package func decompressedLength(of block: RawSpan) throws(CorruptBlock) -> Int {
    var reader = SnappyBlockReader(block.withUnsafeBytes { [UInt8]($0) })
    return try reader.length()
  }

  package func decompress(_ block: RawSpan, into output: inout ByteBuilder) throws(CorruptBlock) {
    let contents = try Self.decompress(block.withUnsafeBytes { [UInt8]($0) })
    output.append(contents.span.bytes)
  }

  package func compress(_ contents: RawSpan, into output: inout ByteBuilder) {
    let block = Self.compress(contents.withUnsafeBytes { [UInt8]($0) })
    output.append(block.span.bytes)
  }

  /// The contents of a block.
  package static func decompress(_ block: [UInt8]) throws(CorruptBlock) -> [UInt8] {
    var reader = SnappyBlockReader(block)
    return try reader.contents()
  }

  /// One block with these contents.
  package static func compress(_ contents: [UInt8]) -> [UInt8] {
    var block = header(contents.count)
    for start in stride(from: 0, to: contents.count, by: 1 << 16) {
      let literal = contents[start..<min(start + (1 << 16), contents.count)]
      block += tag(ofLiteral: literal.count) + literal
    }
    return block
  }

  private static func header(_ length: Int) -> [UInt8] {
    var rest = length
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  /// The tag of a literal of up to 65,536 bytes.
  private static func tag(ofLiteral length: Int) -> [UInt8] {
    let code = length - 1
    return code < 60 ? [UInt8(code << 2)] : [61 << 2, UInt8(code & 0xFF), UInt8(code >> 8)]
  }
}
