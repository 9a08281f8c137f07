/// One character of UTF-8 text, decoded from its bytes.
struct UTF8Scalar {
  let value: Unicode.Scalar
  /// How many bytes it takes: 1 to 4.
  let length: Int

  /// The character that starts at a byte; `nil` where the bytes are no UTF-8. Overlong forms and surrogates are none.
  ///
  /// - Precondition: `position` is a byte of `bytes`.
  init?(at position: Int, of bytes: Span<UInt8>) {
    let first = bytes[position]
    let length: Int
    switch first {
    case 0..<0x80: length = 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return nil
    }
    guard bytes.count - position >= length else { return nil }
    var value = length == 1 ? UInt32(first) : UInt32(first) & (0xFF >> UInt32(length + 1))
    for index in position + 1..<position + length {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    let isOverlong = length == 3 && value < 0x800 || length == 4 && value < 0x1_0000
    guard !isOverlong, let scalar = Unicode.Scalar(value) else { return nil }
    self.value = scalar
    self.length = length
  }
}
