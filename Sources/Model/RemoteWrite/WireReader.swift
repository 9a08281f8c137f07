/// Walks the fields of one protobuf message inside a larger body, by position, without decoding it.
///
/// Reads nothing outside of `position ..< end`, and checks every length before it is believed.
struct WireReader: ~Escapable {
  /// The wire types that protobuf still uses.
  enum WireType: Int {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  /// The key of a field: what it is called in the schema and how its value is laid out.
  struct Tag {
    let field: Int
    let wireType: WireType
    /// Where the tag starts in the body.
    let offset: Int
  }

  /// The whole body; positions count from its start.
  let body: Span<UInt8>
  /// The next byte to read.
  var position: Int
  /// One past the last byte of this message.
  let end: Int
  /// The message's name in the schema, for errors.
  let message: StaticString

  @inline(__always)
  @_lifetime(copy body)
  init(_ body: Span<UInt8>, from position: Int, to end: Int, message: StaticString) {
    self.body = body
    self.position = position
    self.end = end
    self.message = message
  }

  var isAtEnd: Bool {
    @inline(__always) get { position >= end }
  }

  func fault(_ reason: WireFault.Reason, at offset: Int) -> WireFault {
    WireFault(reason: reason, message: "\(message)", offset: offset)
  }

  /// The next varint, of at most 64 bits.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func varint() throws(WireFault) -> UInt64 {
    if position < end {
      let byte = body[position]
      if byte < 0x80 {
        position &+= 1
        return UInt64(byte)
      }
    }
    return try longVarint()
  }

  @_lifetime(self: copy self)
  private mutating func longVarint() throws(WireFault) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = body[position]
      position &+= 1
      if shift == 63 && byte > 1 { throw fault(.varintTooLong, at: start) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw fault(.truncated, at: start)
  }

  /// The next tag.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func tag() throws(WireFault) -> Tag {
    let offset = position
    let key = try varint()
    let field = key >> 3
    guard field > 0, field < 1 << 29 else { throw fault(.invalidFieldNumber, at: offset) }
    guard let wireType = WireType(rawValue: Int(key & 7)) else {
      throw fault(key & 7 < 5 ? .group : .unknownWireType(Int(key & 7)), at: offset)
    }
    return Tag(field: Int(field), wireType: wireType, offset: offset)
  }

  /// The extent of a length-delimited value, whose length comes next; the position moves past it.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func delimited() throws(WireFault) -> Range<Int> {
    let offset = position
    let length = try varint()
    guard length <= UInt64(end &- position) else { throw fault(.truncated, at: offset) }
    let start = position
    position &+= Int(length)
    return start..<position
  }

  /// Moves past `count` bytes of a value of fixed size.
  @inline(__always)
  @_lifetime(self: copy self)
  private mutating func skip(_ count: Int) throws(WireFault) {
    guard end &- position >= count else { throw fault(.truncated, at: position) }
    position &+= count
  }

  /// Moves past the value of a field.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipValue(of tag: Tag) throws(WireFault) {
    switch tag.wireType {
    case .varint: _ = try varint()
    case .fixed64: try skip(8)
    case .lengthDelimited: _ = try delimited()
    case .fixed32: try skip(4)
    }
  }

  /// The error of a known field that has the wrong wire type.
  func unexpected(_ tag: Tag) -> WireFault {
    fault(.unexpectedWireType(field: tag.field, wireType: tag.wireType.rawValue), at: tag.offset)
  }

  /// Moves past the value of a known field, which has to have the wire type `expected`.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func skipValue(of tag: Tag, expecting expected: WireType) throws(WireFault) {
    guard tag.wireType == expected else { throw unexpected(tag) }
    try skipValue(of: tag)
  }
}
