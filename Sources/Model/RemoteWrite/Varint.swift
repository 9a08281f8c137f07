/// Protobuf's variable-length integers, on the writing side.
enum Varint {
  /// The number of bytes that a value takes.
  static func length(of value: Int) -> Int {
    max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
  }

  /// Appends a value.
  static func append(_ value: Int, to output: inout ByteBuilder) {
    var rest = UInt(bitPattern: value)
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(truncatingIfNeeded: rest))
  }
}
