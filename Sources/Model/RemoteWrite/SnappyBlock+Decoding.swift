extension SnappyBlock {
  /// As many bytes as are moved at once.
  private typealias Sixteen = SIMD16<UInt8>

  /// Writes the contents of a block.
  ///
  /// - Parameter output: as long as the block's header says.
  /// - Throws: what is wrong with the block; `output` is then of no use.
  package static func decode(_ block: RawSpan, into output: inout MutableRawSpan) throws(CorruptBlock) {
    var walker = SnappyBlock(block)
    let length = try walker.header()
    precondition(output.byteCount == length, "the room is not what the header says")
    while walker.position < block.byteCount {
      walker.decodeUsualElements(into: &output)
      guard walker.position < block.byteCount else { break }
      let start = walker.written
      switch try walker.element(of: length) {
      case .literal(let from, let count): output.copy(block.extracting(from..<(from + count)), to: start)
      case .copy(let offset, let count): output.repeatBytes(offset, before: start, count: count)
      }
    }
    try walker.checkEnd(of: length)
  }

  /// Decodes literals of up to sixty bytes, and copies from no nearer than sixteen bytes, of which nearly every block
  /// consists: by moving sixteen or sixty-four bytes, since to move them costs less than to find out how many there are.
  /// What is too much is overwritten by what follows.
  ///
  /// Stops at the first element that is anything else, that is wrong, or that stands near to an end.
  @_lifetime(self: copy self)
  private mutating func decodeUsualElements(into output: inout MutableRawSpan) {
    // The greatest positions from which an element and sixty-four bytes can be read, and as many be written.
    let lastRead = block.byteCount &- 65
    let lastWritten = output.byteCount &- 64
    var position = position
    var written = written
    while position <= lastRead, written <= lastWritten {
      let tag = Int(unsafe block.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self))
      if tag & 3 == 0 {
        let count = tag >> 2 &+ 1
        guard count <= 60 else { break }
        var bytes = unsafe block.unsafeLoadUnaligned(fromUncheckedByteOffset: position &+ 1, as: Sixteen.self)
        unsafe output.storeBytes(of: bytes, toUncheckedByteOffset: written, as: Sixteen.self)
        if count > 16 {
          for step in 1..<4 {
            let from = position &+ 1 &+ 16 &* step
            bytes = unsafe block.unsafeLoadUnaligned(fromUncheckedByteOffset: from, as: Sixteen.self)
            unsafe output.storeBytes(of: bytes, toUncheckedByteOffset: written &+ 16 &* step, as: Sixteen.self)
          }
        }
        position &+= 1 &+ count
        written &+= count
      } else {
        guard tag & 3 != 3 else { break }
        let isShort = tag & 3 == 1
        let number = Int(
          UInt16(
            littleEndian: unsafe block.unsafeLoadUnaligned(fromUncheckedByteOffset: position &+ 1, as: UInt16.self)))
        let count = isShort ? 4 &+ ((tag >> 2) & 7) : 1 &+ tag >> 2
        let offset = isShort ? (tag >> 5) << 8 | number & 0xFF : number
        guard offset >= 16, offset <= written else { break }
        for step in 0..<4 {
          let from = written &- offset &+ 16 &* step
          let bytes = unsafe output.unsafeLoadUnaligned(fromUncheckedByteOffset: from, as: Sixteen.self)
          unsafe output.storeBytes(of: bytes, toUncheckedByteOffset: written &+ 16 &* step, as: Sixteen.self)
        }
        position &+= isShort ? 2 : 3
        written &+= count
      }
    }
    self.position = position
    self.written = written
  }
}

extension MutableRawSpan {
  /// Writes `bytes` at `position`.
  ///
  /// - Precondition: there is room for them.
  @_lifetime(self: copy self)
  fileprivate mutating func copy(_ bytes: RawSpan, to position: Int) {
    precondition(position >= 0 && position <= byteCount && bytes.byteCount <= byteCount - position)
    unsafe withUnsafeMutableBytes { output in
      unsafe bytes.withUnsafeBytes { bytes in
        guard let from = bytes.baseAddress, let to = output.baseAddress else { return }
        unsafe (to + position).copyMemory(from: from, byteCount: bytes.count)
      }
    }
  }

  /// Writes `count` bytes at `position`, each the same as the one `offset` bytes before it, which may be one of them.
  ///
  /// - Precondition: they are all inside.
  @_lifetime(self: copy self)
  fileprivate mutating func repeatBytes(_ offset: Int, before position: Int, count: Int) {
    for index in position..<(position + count) {
      let byte = unsafe unsafeLoad(fromByteOffset: index - offset, as: UInt8.self)
      storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
    }
  }
}
