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

  /// What the first byte of an element says, for each of its values: in bits 0 to 15 how many bytes the element writes; in
  /// bits 16 to 31 the part of the offset that is in the first byte; in bits 32 to 47 which bits of the two bytes after it
  /// belong to the offset. 0 where an element is none of the usual ones.
  ///
  /// A literal has no offset. It is given one of sixteen, which is never wrong.
  private static let usualElements: [UInt64] = (0..<256).map { first in
    let code = UInt64(first) >> 2
    return switch first & 3 {
    case 0: code < 60 ? 16 << 16 | code + 1 : 0
    case 1: 0xFF << 32 | UInt64(first >> 5) << 24 | (code & 7) + 4
    case 2: 0xFFFF << 32 | code + 1
    default: 0
    }
  }

  /// Decodes literals of up to sixty bytes, and copies from no nearer than sixteen bytes, of which nearly every block
  /// consists: by moving sixty-four bytes, since to move them costs less than to find out how many there are. What is
  /// too much is overwritten by what follows.
  ///
  /// Whether a literal or a copy comes next is chance. So nothing here branches on it: every other time the processor
  /// would be wrong about where that leads.
  ///
  /// Stops at the first element that is anything else, that is wrong, or that stands near to an end.
  @_lifetime(self: copy self)
  private mutating func decodeUsualElements(into output: inout MutableRawSpan) {
    // The greatest positions from which an element and sixty-four bytes can be read, and as many be written.
    let lastRead = block.byteCount &- 65
    let lastWritten = output.byteCount &- 64
    // What comes first is written elsewhere, so that an offset of sixteen is one.
    guard written >= 16 else { return }
    var position = position
    var written = written
    let elements = Self.usualElements.span
    unsafe block.withUnsafeBytes { block in
      unsafe output.withUnsafeMutableBytes { output in
        guard let from = block.baseAddress, let to = output.baseAddress else { return }
        while position <= lastRead, written <= lastWritten {
          let first = Int(unsafe from.load(fromByteOffset: position, as: UInt8.self))
          let next = UInt16(littleEndian: unsafe from.loadUnaligned(fromByteOffset: position &+ 1, as: UInt16.self))
          let element = unsafe elements[unchecked: first]
          let offset = Int(truncatingIfNeeded: UInt64(next) & element >> 32 | element >> 16 & 0xFFFF)
          guard UInt(bitPattern: offset &- 16) <= UInt(bitPattern: written &- 16) else { break }
          let isLiteral = first & 3 == 0
          let source = unsafe isLiteral ? from + (position &+ 1) : UnsafeRawPointer(to) + (written &- offset)
          let target = unsafe to + written
          for step in 0..<4 {
            let bytes = unsafe source.loadUnaligned(fromByteOffset: 16 &* step, as: Sixteen.self)
            unsafe target.storeBytes(of: bytes, toByteOffset: 16 &* step, as: Sixteen.self)
          }
          position &+= isLiteral ? first >> 2 &+ 2 : first & 3 &+ 1
          written &+= Int(element & 0xFFFF)
        }
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
