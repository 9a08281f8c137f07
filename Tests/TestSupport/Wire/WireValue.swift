/// The value of a field as it stands on the wire.
package indirect enum WireValue: Sendable {
  case varint(UInt64)
  case fixed64(UInt64)
  case fixed32(UInt32)
  case bytes([UInt8])
  case message([WireField])
  case packedVarints([UInt64])
  case packedFixed64([UInt64])

  /// A double, bit by bit.
  package static func double(_ value: Double) -> WireValue { .fixed64(value.bitPattern) }

  /// A signed integer that is not zigzag-coded.
  package static func int64(_ value: Int64) -> WireValue { .varint(UInt64(bitPattern: value)) }

  /// A signed integer that is zigzag-coded.
  package static func sint64(_ value: Int64) -> WireValue { .varint(zigzag(value)) }

  /// Zigzag coding.
  package static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: (value << 1) ^ (value >> 63))
  }

  /// The wire type that goes into the tag.
  var wireType: UInt64 {
    switch self {
    case .varint: 0
    case .fixed64: 1
    case .bytes, .message, .packedVarints, .packedFixed64: 2
    case .fixed32: 5
    }
  }

  /// Whether a writer of proto3 leaves the field out.
  var isDefault: Bool {
    switch self {
    case .varint(let value): value == 0
    case .fixed64(let bits): bits == 0
    case .fixed32(let bits): bits == 0
    case .bytes(let bytes): bytes.isEmpty
    case .message: false
    case .packedVarints(let list), .packedFixed64(let list): list.isEmpty
    }
  }

  /// The value in bytes, as short as protobuf allows; where it has a length, the length first.
  var bytes: [UInt8] {
    var output: [UInt8] = []
    switch self {
    case .varint(let value): WireBytes.append(value, to: &output)
    case .fixed64(let bits): WireBytes.append(fixed: bits, to: &output)
    case .fixed32(let bits): WireBytes.append(fixed: bits, to: &output)
    case .bytes(let bytes): WireBytes.append(delimited: bytes, to: &output)
    case .message(let fields): WireBytes.append(delimited: fields.flatMap(\.bytes), to: &output)
    case .packedVarints(let list): WireBytes.append(delimited: list.flatMap { WireBytes.varint($0) }, to: &output)
    case .packedFixed64(let list): WireBytes.append(delimited: list.flatMap { WireBytes.fixed($0) }, to: &output)
    }
    return output
  }
}
