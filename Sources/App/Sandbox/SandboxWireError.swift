/// Why bytes are no protobuf message. The texts are those of the generated Go code that Cortex reads
/// with.
enum SandboxWireError: Error, Equatable, CustomStringConvertible {
  /// The bytes end inside a value.
  case truncated
  /// A varint of more than 64 bits.
  case varintTooLong
  /// A length that is negative as a signed number.
  case negativeLength
  /// A key with no valid field number.
  case illegalTag(message: String, key: UInt64)
  /// The end of a group that never began.
  case groupEnd(message: String)
  /// A wire type that is none, or a group, which this reader does not follow.
  case illegalWireType(Int)
  /// A known field with a wire type that is not its own.
  case wrongWireType(Int, field: String)

  var description: String {
    switch self {
    case .truncated: "unexpected EOF"
    case .varintTooLong: "proto: integer overflow"
    case .negativeLength: "proto: negative length found during unmarshaling"
    case .illegalTag(let message, let key):
      "proto: \(message): illegal tag \(Int32(truncatingIfNeeded: key >> 3)) (wire type \(key))"
    case .groupEnd(let message): "proto: \(message): wiretype end group for non-group"
    case .illegalWireType(let type): "proto: illegal wireType \(type)"
    case .wrongWireType(let type, let field): "proto: wrong wireType = \(type) for field \(field)"
    }
  }
}
