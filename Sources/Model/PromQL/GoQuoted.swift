/// Text in quotes the way Go's `%q` prints it, for messages in Prometheus' words.
///
/// Source: Go `strconv.Quote`, `strconv.QuoteRune`, `strconv.IsPrint`.
package enum GoQuoted {
  /// Bytes between double quotes. What cannot be printed, and what is no UTF-8, is escaped.
  package static func string(_ bytes: Span<UInt8>) -> String {
    var quoted: [UInt8] = []
    quoted.reserveCapacity(bytes.count + 2)
    quoted.append(UInt8(ascii: "\""))
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        append(ascii: byte, quote: UInt8(ascii: "\""), to: &quoted)
        position += 1
      } else if let scalar = UTF8Scalar(at: position, of: bytes) {
        append(scalar.value, to: &quoted)
        position += scalar.length
      } else {
        appendHex(UInt32(byte), digits: 2, letter: "x", to: &quoted)
        position += 1
      }
    }
    quoted.append(UInt8(ascii: "\""))
    return String(decoding: quoted, as: UTF8.self)
  }

  /// Text between double quotes.
  package static func string(_ text: String) -> String {
    string(text.utf8Span.span)
  }

  /// One character between single quotes.
  package static func character(_ scalar: Unicode.Scalar) -> String {
    var quoted = [UInt8(ascii: "'")]
    if scalar.isASCII {
      append(ascii: UInt8(truncatingIfNeeded: scalar.value), quote: UInt8(ascii: "'"), to: &quoted)
    } else {
      append(scalar, to: &quoted)
    }
    quoted.append(UInt8(ascii: "'"))
    return String(decoding: quoted, as: UTF8.self)
  }

  /// A code point as Go's `%#U` prints it: `U+0063 'c'`.
  package static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return isPrintable(scalar) ? "\(number) '\(Character(scalar))'" : number
  }

  private static func append(ascii byte: UInt8, quote: UInt8, to quoted: inout [UInt8]) {
    switch byte {
    case quote, UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
    case 0x20..<0x7F: quoted.append(byte)
    case 0x07: quoted += #"\a"#.utf8
    case 0x08: quoted += #"\b"#.utf8
    case 0x0C: quoted += #"\f"#.utf8
    case 0x0A: quoted += #"\n"#.utf8
    case 0x0D: quoted += #"\r"#.utf8
    case 0x09: quoted += #"\t"#.utf8
    case 0x0B: quoted += #"\v"#.utf8
    default: appendHex(UInt32(byte), digits: 2, letter: "x", to: &quoted)
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to quoted: inout [UInt8]) {
    if isPrintable(scalar) {
      quoted += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    } else if scalar.value <= 0xFFFF {
      appendHex(scalar.value, digits: 4, letter: "u", to: &quoted)
    } else {
      appendHex(scalar.value, digits: 8, letter: "U", to: &quoted)
    }
  }

  private static func appendHex(_ value: UInt32, digits: UInt32, letter: Unicode.Scalar, to quoted: inout [UInt8]) {
    quoted += [UInt8(ascii: "\\"), UInt8(ascii: letter)]
    for digit in (0..<digits).reversed() {
      let nibble = UInt8(truncatingIfNeeded: value >> (4 * digit) & 0xF)
      quoted.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
    }
  }

  /// Letters, marks, numbers, punctuation and symbols. Of the spaces, only the one of ASCII.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }
}
