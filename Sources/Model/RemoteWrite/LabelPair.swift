/// The extents of a label's name and value in the body.
struct LabelPair {
  /// The name; empty where the message has none.
  var name: Range<Int>
  /// The value; empty where the message has none.
  var value: Range<Int>

  /// Reads the Label message at `range`.
  ///
  /// Nearly every label is a name and a value of less than 128 bytes each, in this order. That shape
  /// is told by four bytes; everything else is read field by field.
  @inline(__always)
  static func read(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) -> LabelPair {
    let start = range.lowerBound
    if range.count >= 4, body[start] == 0x0A, body[start &+ 1] < 0x80 {
      let nameEnd = start &+ 2 &+ Int(body[start &+ 1])
      if nameEnd &+ 2 <= range.upperBound, body[nameEnd] == 0x12, body[nameEnd &+ 1] < 0x80,
        nameEnd &+ 2 &+ Int(body[nameEnd &+ 1]) == range.upperBound
      {
        return LabelPair(name: (start &+ 2)..<nameEnd, value: (nameEnd &+ 2)..<range.upperBound)
      }
    }
    return try readFields(body, range)
  }

  /// Reads a label of any shape. The last one of a repeated field counts, as protobuf has it.
  private static func readFields(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) -> LabelPair {
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
