/// Walks a block in snappy's format, element by element, and says what is wrong with it and where.
///
/// Source: google/snappy `format_description.txt`.
package struct SnappyBlock: ~Escapable {
  /// What an element of a block adds to the contents.
  enum Element {
    /// The bytes of the block from here on.
    case literal(from: Int, count: Int)
    /// What was written this many bytes ago.
    case copy(offset: Int, count: Int)
  }

  let block: RawSpan
  var position = 0
  /// How many bytes the elements so far write.
  var written = 0

  @_lifetime(copy block)
  init(_ block: RawSpan) {
    self.block = block
  }

  /// The first thing that is wrong with a block; `nil` where nothing is.
  package static func fault(in block: RawSpan) -> CorruptBlock? {
    var walker = SnappyBlock(block)
    do {
      try walker.walk()
      return nil
    } catch {
      return error
    }
  }

  @_lifetime(self: copy self)
  private mutating func walk() throws(CorruptBlock) {
    let length = try header()
    while position < block.byteCount { _ = try element(of: length) }
    try checkEnd(of: length)
  }

  /// - Throws: where the block ends before the contents do.
  func checkEnd(of length: Int) throws(CorruptBlock) {
    guard written == length else {
      throw CorruptBlock(reason: "\(written) bytes where the header says \(length)", offset: position)
    }
  }

  /// The length of the contents: a varint of 32 bits.
  @_lifetime(self: copy self)
  mutating func header() throws(CorruptBlock) -> Int {
    guard block.byteCount > 0 else { throw CorruptBlock(reason: "empty", offset: 0) }
    var value = 0
    for index in 0..<5 {
      guard index < block.byteCount else { throw CorruptBlock(reason: "length header cut short", offset: 0) }
      let byte = self.byte(at: index)
      value |= (byte & 0x7F) << (7 * index)
      if byte < 0x80 {
        guard value <= UInt32.max else { break }
        position = index + 1
        return value
      }
    }
    throw CorruptBlock(reason: "length header does not fit in 32 bits", offset: 0)
  }

  /// Moves past one element, whose kind is in the lowest two bits of its first byte.
  ///
  /// - Throws: what is wrong with it. An element that is returned is inside of the block, and of a content of `length`
  ///   bytes.
  @_lifetime(self: copy self)
  mutating func element(of length: Int) throws(CorruptBlock) -> Element {
    let start = position
    let tag = byte(at: start)
    position += 1
    let element =
      switch tag & 3 {
      case 0: try literal(tag >> 2, at: start)
      case 1: try copy(4 + ((tag >> 2) & 7), offset: (tag >> 5) << 8 | number(ofBytes: 1, at: start), at: start)
      case 2: try copy(1 + (tag >> 2), offset: number(ofBytes: 2, at: start), at: start)
      default: try copy(1 + (tag >> 2), offset: number(ofBytes: 4, at: start), at: start)
      }
    guard written <= length else {
      throw CorruptBlock(reason: "more bytes than the \(length) the header says", offset: start)
    }
    return element
  }

  /// Up to 60 bytes have their length in the first byte; 60 to 63 there say that it takes 1 to 4 more.
  @_lifetime(self: copy self)
  private mutating func literal(_ code: Int, at start: Int) throws(CorruptBlock) -> Element {
    let length = 1 + (code < 60 ? code : try number(ofBytes: code - 59, at: start))
    guard length <= block.byteCount - position else {
      throw CorruptBlock(reason: "literal of \(length) bytes goes past the end", offset: start)
    }
    defer {
      position += length
      written += length
    }
    return .literal(from: position, count: length)
  }

  private mutating func copy(_ length: Int, offset: Int, at start: Int) throws(CorruptBlock) -> Element {
    guard offset > 0 else { throw CorruptBlock(reason: "copy from offset 0", offset: start) }
    guard offset <= written else {
      throw CorruptBlock(reason: "copy from \(offset) bytes back, where there are \(written)", offset: start)
    }
    written += length
    return .copy(offset: offset, count: length)
  }

  /// A number of an element, the lowest byte first.
  @_lifetime(self: copy self)
  private mutating func number(ofBytes count: Int, at start: Int) throws(CorruptBlock) -> Int {
    guard count <= block.byteCount - position else {
      throw CorruptBlock(reason: "element cut short", offset: start)
    }
    var value = 0
    for index in 0..<count { value |= byte(at: position + index) << (8 * index) }
    position += count
    return value
  }

  private func byte(at index: Int) -> Int {
    Int(unsafe block.unsafeLoad(fromByteOffset: index, as: UInt8.self))
  }
}
