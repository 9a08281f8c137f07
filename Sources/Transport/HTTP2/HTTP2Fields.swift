/// A block of header fields, pseudo-header fields included, in the order of the wire.
struct HTTP2Fields: Equatable, Sendable {
  struct Field: Equatable, Sendable {
    var name: String
    var value: String
  }

  var fields: [Field] = []

  /// The value of the first field with this name, which is in small letters.
  subscript(name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// Adds a field at the end.
  mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}
