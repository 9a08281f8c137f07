/// The numbers of a template: as Go's lexer finds where they end, and as `strconv` reads them.
enum TemplateNumber {
  /// Finds the end of what looks like a number.
  ///
  /// - Returns: the end, and whether a number may end there; if not, the end is one character too far.
  static func scan(_ bytes: [UInt8], from start: Int) -> (end: Int, isComplete: Bool) {
    var index = start
    func accept(_ characters: String) -> Bool {
      guard index < bytes.count, characters.utf8.contains(bytes[index]) else { return false }
      index += 1
      return true
    }
    func acceptRun(_ characters: String) { while accept(characters) {} }

    _ = accept("+-")
    var digits = decimalDigits
    if accept("0") {
      if accept("xX") {
        digits = hexadecimalDigits
      } else if accept("oO") {
        digits = octalDigits
      } else if accept("bB") {
        digits = binaryDigits
      }
    }
    acceptRun(digits)
    if accept(".") { acceptRun(digits) }
    if digits == decimalDigits && accept("eE") || digits == hexadecimalDigits && accept("pP") {
      _ = accept("+-")
      acceptRun(decimalDigits)
    }
    _ = accept("i")
    guard index < bytes.count, let (scalar, length) = bytes.scalar(at: index), scalar.isWordCharacter else {
      return (index, true)
    }
    return (index + length, false)
  }

  /// What is wrong with the text of a number; `nil` where nothing is.
  static func fault(in text: ArraySlice<UInt8>) -> String? {
    if text.last == UInt8(ascii: "i"), isFloat(text.dropLast()) { return nil }
    if isInteger(text) { return nil }
    guard isFloat(text) else { return "illegal number syntax: " + quoted(text) }
    // What reads as a number with a fraction but is written as an integer is too large for one.
    return text.contains(where: fractionMarks.contains) ? nil : "integer overflow: " + quoted(text)
  }

  /// What is wrong with the text of a number such as `1+2i`; `nil` where nothing is.
  static func complexFault(in text: ArraySlice<UInt8>) -> String? {
    let isHexadecimal = text.drop(while: signs.contains).starts(with: "0x".utf8)
    let exponents = isHexadecimal ? "pP".utf8 : "eE".utf8
    guard
      let split = text.indices.dropFirst().first(where: {
        signs.contains(text[$0]) && !exponents.contains(text[$0 - 1])
      }),
      isFloat(text[..<split]), isFloat(text[split...].dropLast())
    else { return "syntax error scanning complex number" }
    return nil
  }

  /// What is wrong with a constant such as `'a'`; `nil` where nothing is.
  static func characterFault(in text: ArraySlice<UInt8>) -> String? {
    let inner = Array(text.dropFirst())
    guard let (_, length) = GoLiteral.character(in: inner, at: 0, quote: UInt8(ascii: "'")) else {
      return "invalid syntax"
    }
    return length == inner.count - 1 ? nil : "malformed character constant: " + Array(text).text
  }

  /// Whether `strconv` reads the text as a 64-bit integer, with or without a sign.
  private static func isInteger(_ text: ArraySlice<UInt8>) -> Bool {
    guard hasSoundUnderscores(text) else { return false }
    let sign = text.first.flatMap { signs.contains($0) ? $0 : nil }
    var digits = Array((sign == nil ? text : text.dropFirst()).filter { $0 != UInt8(ascii: "_") }).text.lowercased()
    var radix = 10
    if digits.count > 1, digits.first == "0" {
      switch digits.dropFirst().first {
      case "x": radix = 16
      case "b": radix = 2
      case "o": radix = 8
      default:
        radix = 8
        digits = "0o" + digits
      }
      digits = String(digits.dropFirst(2))
    }
    // Swift would take a sign here.
    guard digits.first?.isHexDigit == true, let magnitude = UInt64(digits, radix: radix) else { return false }
    return switch sign {
    case UInt8(ascii: "-"): magnitude <= UInt64(Int64.max) + 1
    case .some: magnitude <= UInt64(Int64.max)
    case nil: true
    }
  }

  /// Whether `strconv` reads the text as a 64-bit number that is not infinite.
  private static func isFloat(_ text: ArraySlice<UInt8>) -> Bool {
    guard hasSoundUnderscores(text) else { return false }
    let plain = text.filter { $0 != UInt8(ascii: "_") }
    let unsigned = plain.first.map(signs.contains) == true ? plain.dropFirst() : plain[...]
    let isHexadecimal = unsigned.starts(with: "0x".utf8) || unsigned.starts(with: "0X".utf8)
    let digits = isHexadecimal ? hexadecimalDigits : decimalDigits
    var rest = isHexadecimal ? unsigned.dropFirst(2) : unsigned
    let whole = rest.prefix(while: digits.utf8.contains)
    rest = rest.dropFirst(whole.count)
    var digitCount = whole.count
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: digits.utf8.contains)
      rest = rest.dropFirst(1 + fraction.count)
      digitCount += fraction.count
    }
    guard digitCount > 0 else { return false }
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: isHexadecimal ? "p" : "e") else { return false }
      let exponent = rest.dropFirst()
      let exponentDigits = exponent.first.map(signs.contains) == true ? exponent.dropFirst() : exponent
      guard !exponentDigits.isEmpty, exponentDigits.allSatisfy(decimalDigits.utf8.contains) else { return false }
    } else if isHexadecimal {
      return false
    }
    return Double(Array(unsigned).text)?.isFinite == true
  }

  /// Whether every underscore stands between digits, or between the prefix of a radix and a digit.
  private static func hasSoundUnderscores(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.contains(UInt8(ascii: "_")) else { return true }
    let unsigned = text.first.map(signs.contains) == true ? text.dropFirst() : text
    let prefix = unsigned.prefix(2).map { $0 | 0x20 }
    let isHexadecimal = prefix == Array("0x".utf8)
    let hasPrefix = isHexadecimal || prefix == Array("0b".utf8) || prefix == Array("0o".utf8)
    var isAfterDigit = hasPrefix
    var isAfterUnderscore = false
    for byte in hasPrefix ? unsigned.dropFirst(2) : unsigned {
      if byte == UInt8(ascii: "_") {
        guard isAfterDigit else { return false }
        isAfterDigit = false
        isAfterUnderscore = true
        continue
      }
      isAfterDigit = (isHexadecimal ? hexadecimalDigits : decimalDigits).utf8.contains(byte)
      guard isAfterDigit || !isAfterUnderscore else { return false }
      isAfterUnderscore = false
    }
    return !isAfterUnderscore
  }

  private static func quoted(_ text: ArraySlice<UInt8>) -> String {
    GoQuoted.string(Array(text).text)
  }

  private static let signs = "+-".utf8
  private static let fractionMarks = ".eEpP".utf8
  private static let binaryDigits = "01_"
  private static let octalDigits = "01234567_"
  private static let decimalDigits = "0123456789_"
  private static let hexadecimalDigits = "0123456789abcdefABCDEF_"
}
