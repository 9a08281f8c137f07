/// One field of a protobuf message, as it stands in the bytes.
struct SandboxWireField {
  /// A value by its wire type.
  enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case delimited(ArraySlice<UInt8>)
    case fixed32
  }

  let number: Int
  let value: Value

  /// The value of a field of the type int64, uint64 or an enum.
  ///
  /// - Parameter name: the field's name, for the error.
  func varint(_ name: String) throws(SandboxWireError) -> UInt64 {
    guard case .varint(let value) = value else { throw wrongType(name) }
    return value
  }

  /// The value of a field of the type double.
  func double(_ name: String) throws(SandboxWireError) -> Double {
    guard case .fixed64(let bits) = value else { throw wrongType(name) }
    return Double(bitPattern: bits)
  }

  /// The value of a field that is a message, or bytes.
  func bytes(_ name: String) throws(SandboxWireError) -> ArraySlice<UInt8> {
    guard case .delimited(let bytes) = value else { throw wrongType(name) }
    return bytes
  }

  /// The value of a field of the type string. What is not UTF-8 is replaced by U+FFFD.
  func text(_ name: String) throws(SandboxWireError) -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  private func wrongType(_ name: String) -> SandboxWireError {
    let type =
      switch value {
      case .varint: 0
      case .fixed64: 1
      case .delimited: 2
      case .fixed32: 5
      }
    return .wrongWireType(type, field: name)
  }
}
