import Model

/// Compresses nothing, to measure what is around the compression.
struct NoCompression: BlockCompression {
  func decompressedLength(of block: RawSpan) throws(CorruptBlock) -> Int { block.byteCount }

  func decompress(_ block: RawSpan, into output: inout ByteBuilder) throws(CorruptBlock) { output.append(block) }

  func compress(_ contents: RawSpan, into output: inout ByteBuilder) { output.append(contents) }
}
