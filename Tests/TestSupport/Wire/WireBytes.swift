/// Writes the pieces of protobuf's encoding.
package enum WireBytes {
  /// A varint, with `padding` needless bytes.
  package static func varint(_ value: UInt64, padding: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    guard padding > 0 else { return bytes }
    bytes[bytes.count - 1] |= 0x80
    return bytes + Array(repeating: 0x80, count: padding - 1) + [0]
  }

  /// An integer of fixed size, the lowest byte first.
  package static func fixed(_ value: some FixedWidthInteger) -> [UInt8] {
    var bytes: [UInt8] = []
    append(fixed: value, to: &bytes)
    return bytes
  }

  static func append(_ value: UInt64, to output: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(truncatingIfNeeded: rest))
  }

  static func append(fixed value: some FixedWidthInteger, to output: inout [UInt8]) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      output.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  static func append(delimited bytes: [UInt8], to output: inout [UInt8]) {
    append(UInt64(bytes.count), to: &output)
    output += bytes
  }
}
