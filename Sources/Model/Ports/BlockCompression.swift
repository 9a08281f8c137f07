/// A compression of whole blocks, as remote write uses it: the length of the contents stands in the
/// block's header and is known before anything is allocated.
package protocol BlockCompression: Sendable {
  /// The length of the contents of a block, in bytes, as its header has it.
  ///
  /// - Throws: `CorruptBlock` where there is no header.
  func decompressedLength(of block: RawSpan) throws(CorruptBlock) -> Int

  /// Appends the contents of a block to `output`.
  ///
  /// - Throws: `CorruptBlock`; `output` then holds what it held before.
  func decompress(_ block: RawSpan, into output: inout ByteBuilder) throws(CorruptBlock)

  /// Appends `contents` to `output` as one block.
  func compress(_ contents: RawSpan, into output: inout ByteBuilder)
}
