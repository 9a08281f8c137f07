/// Several blocks as one, without decoding any of them.
extension SnappyBlock {
  /// The length of what is in a block, by its header, in bytes.
  ///
  /// - Throws: where there is no header.
  package static func contentsLength(of block: RawSpan) throws(CorruptBlock) -> Int {
    var walker = SnappyBlock(block)
    return try walker.header()
  }

  /// One block with the contents of several, one after the other: of write requests, the request that has all their
  /// series (protobuf: the fields of messages that are written one after the other are those of their union).
  ///
  /// An element of a block says how far back the bytes are that it repeats. That stays true behind other blocks'
  /// elements, so that only the length in front is made anew.
  ///
  /// - Throws: where a block has no header, or where all contents together are longer than a header can say.
  package static func joined(_ blocks: [SharedBytes]) throws(CorruptBlock) -> SharedBytes {
    var length = 0
    var elements: [Range<Int>] = []
    for block in blocks {
      var walker = SnappyBlock(block.bytes)
      length += try walker.header()
      elements.append(walker.position..<block.count)
    }
    guard length <= UInt32.max else { throw CorruptBlock(reason: "length header does not fit in 32 bits", offset: 0) }
    var joined = ByteBuilder(capacity: Varint.length(of: length) + elements.reduce(0) { $0 + $1.count })
    Varint.append(length, to: &joined)
    for (block, elements) in zip(blocks, elements) { joined.append(block.bytes.extracting(elements)) }
    return joined.freeze()
  }
}
