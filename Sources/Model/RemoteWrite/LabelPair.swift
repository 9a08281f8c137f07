/// The extents of a label's name and value in the body.
struct LabelPair {
  /// The name; empty where the message has none.
  var name: Range<Int>
  /// The value; empty where the message has none.
  var value: Range<Int>

  /// How far the reading of a label of the usual shape goes at most: both tags and lengths, and a name.
  static let reach = 6 + 127

  /// Reads a field of a series that is a label of the usual shape: a name and a value of less than 128 bytes each, in
  /// this order. Nearly every label is one, and is told by its six bytes of tags and lengths.
  ///
  /// - Returns: `nil` where the field is anything else, be it a label of another shape.
  /// - Precondition: `position` is in 0 ... `end`, and ``reach`` bytes of the body come after `end`.
  @inline(__always)
  static func usual(_ body: RawSpan, at position: Int, before end: Int) -> LabelPair? {
    // 0A, the label's length, 0A, the name's length; the first byte is the lowest.
    let front = unsafe UInt32(
      littleEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt32.self))
    // Loaded by itself: where the next label begins is what the next round waits for.
    let length = unsafe body.unsafeLoad(fromUncheckedByteOffset: position &+ 1, as: UInt8.self)
    let labelEnd = position &+ 2 &+ Int(length)
    let nameEnd = position &+ 4 &+ Int(front >> 24)
    guard front & 0x80FF_80FF == 0x000A_000A, labelEnd <= end else { return nil }
    // 12, the value's length: what is left of the label. Where that is less than nothing, the number has more bits than
    // there are to be compared with.
    let back = unsafe UInt16(
      littleEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: nameEnd, as: UInt16.self))
    guard Int(back) == (labelEnd &- nameEnd &- 2) << 8 | 0x12 else { return nil }
    return unsafe LabelPair(
      name: Range(uncheckedBounds: (position &+ 4, nameEnd)), value: Range(uncheckedBounds: (nameEnd &+ 2, labelEnd)))
  }

  /// Reads the Label message at `range`, of any shape. The last one of a repeated field counts, as protobuf has it.
  static func read(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) -> LabelPair {
    var label = LabelPair(name: range.lowerBound..<range.lowerBound, value: range.lowerBound..<range.lowerBound)
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "Label")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1, 2:
        guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
        let extent = try reader.delimited()
        if tag.field == 1 { label.name = extent } else { label.value = extent }
      default:
        try reader.skipValue(of: tag)
      }
    }
    return label
  }
}
