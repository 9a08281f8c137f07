/// Reads a protobuf message field by field.
///
/// The proxy's own reader is left alone on purpose: what the proxy writes is read here by other code,
/// so that a mistake is not made twice and then found right.
struct SandboxWireReader {
  private let bytes: ArraySlice<UInt8>
  private let message: String
  private var position: Int

  /// - Parameter message: the message's name in the schema, for errors.
  init(_ bytes: ArraySlice<UInt8>, message: String) {
    self.bytes = bytes
    self.message = message
    position = bytes.startIndex
  }

  /// The next field; `nil` at the end of the message.
  mutating func next() throws(SandboxWireError) -> SandboxWireField? {
    guard position < bytes.endIndex else { return nil }
    let key = try varint()
    guard key & 7 != 4 else { throw .groupEnd(message: message) }
    let number = Int32(truncatingIfNeeded: key >> 3)
    guard number > 0 else { throw .illegalTag(message: message, key: key) }
    return SandboxWireField(number: Int(number), value: try value(ofType: Int(key & 7)))
  }

  private mutating func value(ofType type: Int) throws(SandboxWireError) -> SandboxWireField.Value {
    switch type {
    case 0:
      return .varint(try varint())
    case 1:
      return .fixed64(try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    case 2:
      let length = try varint()
      guard length <= UInt64(Int64.max) else { throw .negativeLength }
      return .delimited(try take(Int(length)))
    case 5:
      _ = try take(4)
      return .fixed32
    default:
      throw .illegalWireType(type)
    }
  }

  private mutating func varint() throws(SandboxWireError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard position < bytes.endIndex else { throw .truncated }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .varintTooLong
  }

  private mutating func take(_ count: Int) throws(SandboxWireError) -> ArraySlice<UInt8> {
    guard count <= bytes.endIndex - position else { throw .truncated }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
