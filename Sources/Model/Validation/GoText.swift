/// Text as Go writes and reads it in its messages and its templates.
enum GoText {
  /// A string in double quotes, as `%q` prints it.
  static func quoted(_ text: some StringProtocol) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      case "\u{07}": quoted += "\\a"
      case "\u{08}": quoted += "\\b"
      case "\u{0C}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0B}": quoted += "\\v"
      case "\0"..<" ", "\u{7F}": quoted += "\\x" + hexadecimal(scalar, digits: 2)
      case "\u{80}"..."\u{FFFF}": quoted += "\\u" + hexadecimal(scalar, digits: 4)
      default: quoted += "\\U" + hexadecimal(scalar, digits: 8)
      }
    }
    return quoted + "\""
  }

  /// A character by its number, and as it looks where that can be shown: `U+0040 '@'`.
  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let number = "U+" + hexadecimal(scalar, digits: 4).uppercased()
    return isPrintable(scalar) ? "\(number) '\(scalar)'" : number
  }

  /// What stands in a literal between its quotes `"` or `` ` ``.
  ///
  /// - Returns: `nil` where an escape is none of Go's.
  static func unquoted(_ literal: ArraySlice<UInt8>) -> String? {
    guard let quote = literal.first else { return nil }
    let inner = Array(literal.dropFirst().dropLast())
    // Carriage returns are no part of a raw string.
    if quote == UInt8(ascii: "`") { return inner.filter { $0 != UInt8(ascii: "\r") }.text }
    var bytes: [UInt8] = []
    var index = 0
    while index < inner.count {
      guard let character = character(in: inner, at: index, quote: quote) else { return nil }
      bytes += character.bytes
      index += character.length
    }
    return bytes.text
  }

  /// The character of a literal that begins at `index`, which may be an escape.
  ///
  /// - Returns: its bytes, and how many it takes in the literal; `nil` where it is no character of Go's.
  static func character(in literal: [UInt8], at index: Int, quote: UInt8) -> (bytes: [UInt8], length: Int)? {
    guard literal[index] == UInt8(ascii: "\\") else {
      guard literal[index] != quote, let (_, length) = literal.scalar(at: index) else { return nil }
      return (Array(literal[index..<index + length]), length)
    }
    guard index + 1 < literal.count else { return nil }
    let letter = literal[index + 1]
    if let simple = simpleEscapes[letter] { return ([simple], 2) }
    switch letter {
    case quote: return ([quote], 2)
    case UInt8(ascii: "x"):
      return number(in: literal, at: index + 2, digits: 2, radix: 16).map { ([UInt8(truncatingIfNeeded: $0)], 4) }
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = letter == UInt8(ascii: "u") ? 4 : 8
      guard let value = number(in: literal, at: index + 2, digits: digits, radix: 16),
        let scalar = Unicode.Scalar(value)
      else { return nil }
      return (Array(String(scalar).utf8), 2 + digits)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      guard let value = number(in: literal, at: index + 1, digits: 3, radix: 8), value <= 0xFF else { return nil }
      return ([UInt8(value)], 4)
    default: return nil
    }
  }

  private static func number(in literal: [UInt8], at index: Int, digits: Int, radix: Int) -> UInt32? {
    guard index + digits <= literal.count, literal[index] != UInt8(ascii: "+"), literal[index] != UInt8(ascii: "-")
    else { return nil }
    return UInt32(literal.text(index..<index + digits), radix: radix)
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  ]

  /// Whether a character can be shown: letters, marks, numbers, punctuation, symbols, and the space.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return " "..."~" ~= scalar }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
      return false
    default: return true
    }
  }

  /// Whether a character can be part of a word: a letter, a digit or an underscore.
  static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": return true
    case _ where scalar.isASCII: return false
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
        return true
      default: return false
      }
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
    let text = String(scalar.value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
