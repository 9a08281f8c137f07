/// The strings and characters in a template, as Go's `strconv` reads them.
enum GoLiteral {
  /// What stands in a literal between its quotes `"` or `` ` ``.
  ///
  /// - Returns: `nil` where an escape is none of Go's.
  static func unquoted(_ literal: ArraySlice<UInt8>) -> String? {
    guard let quote = literal.first else { return nil }
    let inner = Array(literal.dropFirst().dropLast())
    // Carriage returns are no part of a raw string.
    if quote == UInt8(ascii: "`") { return inner.filter { $0 != UInt8(ascii: "\r") }.text }
    guard inner.contains(UInt8(ascii: "\\")) else { return inner.text }
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
}
