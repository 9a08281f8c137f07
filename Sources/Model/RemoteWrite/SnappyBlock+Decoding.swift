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

  /// What the first byte of an element says.
  private struct UsualElement {
    /// How many bytes it writes.
    let length: UInt16
    /// The part of the offset that is in the first byte, less sixteen.
    let offset: Int16
    /// Which bits of the two bytes after it belong to the offset.
    let mask: UInt16
    /// Makes an element a word long.
    let padding: UInt16 = 0

    /// - Parameter first: the first byte. What it says is that the offset is too small where the element is none of the
    ///   usual ones.
    init(_ first: UInt8) {
      let code = UInt16(first) >> 2
      switch first & 3 {
      // A literal has no offset. It is given one of sixteen, which is never wrong.
      case 0 where code < 60: (length, offset, mask) = (code + 1, 0, 0)
      case 1: (length, offset, mask) = (code & 7 + 4, Int16(first >> 5) << 8 - 16, 0xFF)
      case 2: (length, offset, mask) = (code + 1, -16, 0xFFFF)
      default: (length, offset, mask) = (0, -16, 0)
      }
    }
  }

  private static let usualElements = (UInt8.min...UInt8.max).map(UsualElement.init)

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
    let elements = Self.usualElements.span
    let (length, room) = (block.byteCount, output.byteCount)
    var (position, written) = (position, written)
    // What comes first is written elsewhere, so that an offset of sixteen is one.
    guard written >= 16 else { return }
    unsafe block.withUnsafeBytes { block in
      unsafe output.withUnsafeMutableBytes { output in
        guard let from = block.baseAddress, let to = output.baseAddress else { return }
        var isUsual = true
        while isUsual {
          // An element is of sixty-one bytes at most. The last one's literal is read as sixty-four, behind its first byte.
          let rounds = min((length &- 5 &- position) / 61, (room &- written) / 64)
          guard rounds > 0 else { return }
          var source = unsafe from + position
          var target = unsafe to + written
          var greatestOffset = written &- 16
          for _ in 0..<rounds {
            let first = unsafe source.load(as: UInt8.self)
            let next = UInt16(littleEndian: unsafe source.loadUnaligned(fromByteOffset: 1, as: UInt16.self))
            let element = unsafe elements[unchecked: Int(first)]
            let offset = Int(next & element.mask) &+ Int(element.offset)
            guard UInt(bitPattern: offset) <= UInt(bitPattern: greatestOffset) else {
              isUsual = false
              break
            }
            let isLiteral = first & 3 == 0
            let moved = unsafe isLiteral ? source + 1 : UnsafeRawPointer(target) - 16 - offset
            for step in 0..<4 {
              let bytes = unsafe moved.loadUnaligned(fromByteOffset: 16 &* step, as: Sixteen.self)
              unsafe target.storeBytes(of: bytes, toByteOffset: 16 &* step, as: Sixteen.self)
            }
            // Added before the choice: what comes next is what the next round waits for.
            let behindLiteral = unsafe source + (Int(first >> 2) &+ 2)
            let behindCopy = unsafe source + (Int(first & 3) &+ 1)
            unsafe source = isLiteral ? behindLiteral : behindCopy
            unsafe target += Int(element.length)
            greatestOffset &+= Int(element.length)
          }
          position = unsafe source - from
          written = unsafe target - to
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
