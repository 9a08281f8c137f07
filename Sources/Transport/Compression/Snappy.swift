internal import CSnappy
package import Model

/// Snappy's block format: written by libsnappy, and read by ``SnappyBlock``, which is faster than the library's 1.1.9 and
/// says what is wrong with a block.
package struct Snappy: BlockCompression {
  package init() {}

  package func decompressedLength(of block: RawSpan) throws(CorruptBlock) -> Int {
    var length = 0
    let status = block.withUnsafeBytes { bytes in
      snappy_uncompressed_length(bytes.baseAddress, bytes.count, &length)
    }
    guard status == SNAPPY_OK else {
      throw SnappyBlock.fault(in: block) ?? CorruptBlock(reason: "no length at the start", offset: 0)
    }
    return length
  }

  package func decompress(_ block: RawSpan, into output: inout ByteBuilder) throws(CorruptBlock) {
    let length = try decompressedLength(of: block)
    try output.append(upTo: length) { room throws(CorruptBlock) in
      var contents = MutableRawSpan(_unsafeBytes: room)
      try SnappyBlock.decode(block, into: &contents)
      return length
    }
  }

  package func compress(_ contents: RawSpan, into output: inout ByteBuilder) {
    contents.withUnsafeBytes { bytes in
      var length = snappy_max_compressed_length(bytes.count)
      output.append(upTo: length) { room in
        // Fails only where the room is too small, and it is as large as the library asks for.
        let status = snappy_compress(bytes.baseAddress, bytes.count, room.baseAddress, &length)
        precondition(status == SNAPPY_OK, "snappy refused a buffer of the size it asked for")
        return length
      }
    }
  }
}
