/// The simplest encoder of header fields there is: every field as a literal that is not remembered, and
/// without Huffman's code (RFC 7541, section 6.2.2).
package enum HPACKLiterals {
  /// A block of header fields.
  package static func encode(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { name, value in [0] + string(name) + string(value) }
  }

  private static func string(_ text: String) -> [UInt8] {
    integer(text.utf8.count) + text.utf8
  }

  private static func integer(_ number: Int) -> [UInt8] {
    guard number >= 127 else { return [UInt8(number)] }
    var bytes: [UInt8] = [127]
    var rest = number - 127
    while rest >= 128 {
      bytes.append(UInt8(rest % 128) | 128)
      rest /= 128
    }
    return bytes + [UInt8(rest)]
  }
}
