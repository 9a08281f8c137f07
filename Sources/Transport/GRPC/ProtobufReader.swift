internal import Model

/// Reads the fields of a protobuf message, one after the other: the small messages that are answered here.
struct ProtobufReader {
  /// A field's number and value. Fixed-width values are skipped: no message read here has any.
  enum Field: Equatable {
    case number(Int, UInt64)
    case bytes(Int, Range<Int>)
  }

  private let message: SharedBytes
  private let end: Int
  private var position: Int

  /// Reads a part of `message`, or all of it.
  init(_ message: SharedBytes, _ range: Range<Int>? = nil) {
    self.message = message
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? message.count
  }

  /// The next field; `nil` at the end.
  ///
  /// - Throws: INTERNAL where the message is malformed.
  mutating func next() throws(GRPCStatus) -> Field? {
    while position < end {
      let tag = try varint()
      guard let number = Int(exactly: tag >> 3), 1...0x1FFF_FFFF ~= number else { throw Self.malformed }
      switch tag & 7 {
      case 0: return .number(number, try varint())
      case 1: try skip(8)
      case 2:
        let start = try lengthThenStart()
        return .bytes(number, start..<position)
      case 5: try skip(4)
      default: throw Self.malformed
      }
    }
    return nil
  }

  /// The text of a field.
  func text(_ range: Range<Int>) -> String {
    message.withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) }
  }

  private mutating func lengthThenStart() throws(GRPCStatus) -> Int {
    guard let length = Int(exactly: try varint()) else { throw Self.malformed }
    let start = position
    try skip(length)
    return start
  }

  private mutating func skip(_ count: Int) throws(GRPCStatus) {
    guard count <= end - position else { throw Self.malformed }
    position += count
  }

  private mutating func varint() throws(GRPCStatus) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { throw Self.malformed }
      let byte = message.withUnsafeBytes { $0[position] }
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Self.malformed
  }

  private static let malformed = GRPCStatus(.internal, "the message is malformed")
}
