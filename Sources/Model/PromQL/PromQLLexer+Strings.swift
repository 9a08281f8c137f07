extension PromQLLexer {
  /// A string whose first quote has been read. Between backquotes a backslash means nothing.
  @_lifetime(self: copy self)
  mutating func string(at start: Int) throws(PromQLProblem) -> PromQLTokenKind {
    let quote = text[start]
    let isRaw = quote == UInt8(ascii: "`")
    while let byte = peek(), isRaw || byte != UInt8(ascii: "\n") {
      position += 1
      switch byte {
      case quote: return .string
      case UInt8(ascii: "\\") where !isRaw: try escape(quote, at: start)
      case 0x80...:
        // Go cannot tell a replacement character from what it replaces.
        guard let scalar = UTF8Scalar(at: position - 1, of: text), scalar.value != "\u{FFFD}" else {
          throw problem("invalid UTF-8 rune", at: start)
        }
        position += scalar.length - 1
      default: break
      }
    }
    throw problem(isRaw ? "unterminated raw string" : "unterminated quoted string", at: start)
  }

  /// Moves past what follows a backslash.
  @_lifetime(self: copy self)
  private mutating func escape(_ quote: UInt8, at start: Int) throws(PromQLProblem) {
    guard let byte = peek() else { throw problem("escape sequence not terminated", at: start) }
    switch byte {
    case quote, UInt8(ascii: "\\"), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "v"):
      position += 1
    case UInt8(ascii: "0")...UInt8(ascii: "7"): try codePoint(digits: 3, base: 8, limit: 255, at: start)
    case UInt8(ascii: "x"): try codePoint(after: 1, digits: 2, limit: 255, at: start)
    case UInt8(ascii: "u"): try codePoint(after: 1, digits: 4, at: start)
    case UInt8(ascii: "U"): try codePoint(after: 1, digits: 8, at: start)
    default:
      throw problem("unknown escape sequence \(GoQuoted.codePoint(character(at: position)))", at: start)
    }
  }

  @_lifetime(self: copy self)
  private mutating func codePoint(
    after prefix: Int = 0, digits: Int, base: UInt32 = 16, limit: UInt32 = 0x10FFFF, at start: Int
  ) throws(PromQLProblem) {
    position += prefix
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = peek() else { throw problem("escape sequence not terminated", at: start) }
      guard let digit = Self.value(ofDigit: byte), digit < base else {
        let character = GoQuoted.codePoint(character(at: position))
        throw problem("illegal character \(character) in escape sequence", at: start)
      }
      value = value &* base &+ digit
      position += 1
    }
    guard value <= limit, !(0xD800..<0xE000 ~= value) else {
      throw problem("escape sequence is an invalid Unicode code point", at: start)
    }
  }

  static func value(ofDigit byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
