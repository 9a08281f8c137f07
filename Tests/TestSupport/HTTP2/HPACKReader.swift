package import Model

/// Reads blocks of header fields from a peer that was told to remember none
/// (SETTINGS_HEADER_TABLE_SIZE 0), so that each of them stands for itself (RFC 7541).
package struct HPACKReader {
  private var rest: ArraySlice<UInt8>

  /// The fields of a block.
  package static func fields(of block: [UInt8]) throws(MalformedReply) -> HeaderFields {
    var reader = HPACKReader(rest: block[...])
    var fields: HeaderFields = [:]
    while let first = reader.rest.first {
      if let (name, value) = try reader.field(first) { fields.add(name, value) }
    }
    return fields
  }

  /// The next field; `nil` for an instruction that is none.
  private mutating func field(_ first: UInt8) throws(MalformedReply) -> (String, String)? {
    switch first {
    case 0x80...:
      return try Self.staticField(try integer(7))
    case 0x40..<0x80:
      return try literal(prefix: 6)
    case 0x20..<0x40:
      // The size of the table that is remembered; it has to be 0.
      guard try integer(5) == 0 else { throw MalformedReply(description: "a table of fields") }
      return nil
    default:
      return try literal(prefix: 4)
    }
  }

  private mutating func literal(prefix: Int) throws(MalformedReply) -> (String, String) {
    let index = try integer(prefix)
    let name = index == 0 ? try string() : try Self.staticField(index).0
    return (name, try string())
  }

  private static func staticField(_ index: Int) throws(MalformedReply) -> (String, String) {
    guard HPACKStaticTable.fields.indices.contains(index - 1) else {
      throw MalformedReply(description: "field \(index) of a table")
    }
    return HPACKStaticTable.fields[index - 1]
  }

  private mutating func string() throws(MalformedReply) -> String {
    let isHuffman = (rest.first ?? 0) & 0x80 != 0
    let length = try integer(7)
    guard rest.count >= length else { throw MalformedReply(description: "a string is cut off") }
    defer { rest = rest.dropFirst(length) }
    let bytes = isHuffman ? try HPACKHuffman.decode(rest.prefix(length)) : Array(rest.prefix(length))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A number of which the first byte holds `prefix` bits.
  private mutating func integer(_ prefix: Int) throws(MalformedReply) -> Int {
    guard let first = rest.popFirst() else { throw MalformedReply(description: "a number is missing") }
    let limit = (1 << prefix) - 1
    var number = Int(first) & limit
    guard number == limit else { return number }
    var shift = 0
    while let byte = rest.popFirst() {
      guard shift < 28 else { throw MalformedReply(description: "a number is too large") }
      number += Int(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw MalformedReply(description: "a number is cut off")
  }
}
