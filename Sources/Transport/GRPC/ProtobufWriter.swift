/// Writes protobuf messages field by field.
struct ProtobufWriter {
  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  /// Writes a number, unless it is 0, which is what a missing field means.
  mutating func add(_ field: Int, _ value: Int) {
    guard value != 0 else { return }
    varint(UInt64(field) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Writes a text, unless it is empty.
  mutating func add(_ field: Int, _ text: String) {
    guard !text.isEmpty else { return }
    add(field, message: Array(text.utf8))
  }

  /// Writes a message, or bytes.
  mutating func add(_ field: Int, message: [UInt8]) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(message.count))
    bytes += message
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
