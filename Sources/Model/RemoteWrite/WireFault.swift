/// What is wrong with a protobuf message, and where.
package struct WireFault: Error, Equatable, CustomStringConvertible {
  /// The ways in which a message can be broken.
  package enum Reason: Equatable, Sendable {
    /// A varint is longer than ten bytes, or does not fit in 64 bits.
    case varintTooLong
    /// The bytes end inside a varint, a fixed-size value, or before the length that was announced.
    case truncated
    /// A field's number is 0 or above 2^29 - 1.
    case invalidFieldNumber
    /// A field the reader knows has another wire type than its schema says.
    case unexpectedWireType(field: Int, wireType: Int)
    /// Wire types 3 and 4 (groups), which no remote-write message has.
    case group
    /// Wire types 6 and 7, which do not exist.
    case unknownWireType(Int)
    /// A packed list of 8-byte values whose length is no multiple of 8.
    case raggedPackedList(field: Int)
  }

  /// What is wrong.
  package let reason: Reason

  /// The message in which it was found, such as `TimeSeries`.
  package let message: String

  /// The byte at which it was found, from the start of the decompressed body.
  package let offset: Int

  package var description: String {
    let what =
      switch reason {
      case .varintTooLong: "varint does not fit in 64 bits"
      case .truncated: "cut short"
      case .invalidFieldNumber: "illegal field number"
      case .unexpectedWireType(let field, let wireType): "field \(field) has wire type \(wireType)"
      case .group: "groups are not supported"
      case .unknownWireType(let wireType): "unknown wire type \(wireType)"
      case .raggedPackedList(let field): "packed field \(field) is no whole number of values"
      }
    return "\(message): \(what) at byte \(offset)"
  }
}
