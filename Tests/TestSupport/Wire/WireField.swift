/// A field of a protobuf message as it stands on the wire, right or wrong: what a library would never
/// write can be built from these too.
package struct WireField: Sendable {
  /// The field's number.
  package var number: Int
  /// The field's value.
  package var value: WireValue
  /// Whether the field says something even where its value is the default: a member of a oneof.
  package var isOptional: Bool

  package init(_ number: Int, _ value: WireValue, isOptional: Bool = false) {
    self.number = number
    self.value = value
    self.isOptional = isOptional
  }

  /// A string field.
  package init(_ number: Int, _ text: String) {
    self.init(number, .bytes(Array(text.utf8)))
  }

  /// The field in bytes, as short as protobuf allows.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    WireBytes.append(UInt64(number) << 3 | value.wireType, to: &output)
    output += value.bytes
    return output
  }
}
