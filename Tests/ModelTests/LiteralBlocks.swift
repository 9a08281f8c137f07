import Model

/// Blocks in snappy's format that hold one literal: enough for the tests here, which look at what is
/// in the blocks and not at how small they are.
struct LiteralBlocks: BlockCompression {
  func decompressedLength(of block: RawSpan) throws(CorruptBlock) -> Int {
    var value = 0
    for index in 0..<min(5, block.byteCount) {
      let byte = Int(block.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      value |= (byte & 0x7F) << (7 * index)
      if byte < 0x80 { return value }
    }
    throw CorruptBlock(reason: "no length", offset: 0)
  }

  func decompress(_ block: RawSpan, into output: inout ByteBuilder) throws(CorruptBlock) {
    let length = try decompressedLength(of: block)
    guard length > 0 else { return }
    guard block.byteCount > length else { throw CorruptBlock(reason: "short", offset: block.byteCount) }
    output.append(block.extracting(last: length))
  }

  func compress(_ contents: RawSpan, into output: inout ByteBuilder) {
    var rest = contents.byteCount
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
    guard contents.byteCount > 0 else { return }
    // A literal whose length less one takes four bytes.
    output.append(63 << 2)
    for shift in stride(from: 0, to: 32, by: 8) {
      output.append(UInt8(truncatingIfNeeded: (contents.byteCount - 1) >> shift))
    }
    output.append(contents)
  }
}
