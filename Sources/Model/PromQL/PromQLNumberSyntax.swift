/// Numbers as Go reads them: an integer in its notation, or else a decimal.
///
/// Source: Go `strconv.ParseInt` with base 0, `strconv.ParseFloat`.
enum PromQLNumberSyntax {
  /// The value of what the lexer has taken for a number.
  static func value(of bytes: Span<UInt8>) throws(PromQLNumberError) -> Double {
    if let integer = decimalInteger(bytes) { return integer }
    let text = String(repairing: bytes)
    let digits = text.contains("_") ? String(text.filter { $0 != "_" }) : text
    if let integer = integer(digits) { return Double(integer) }
    guard !isHexadecimal(digits), let value = Double(digits) else {
      throw PromQLNumberError(text: text, isOutOfRange: false)
    }
    guard value.isFinite || digits.utf8.allSatisfy({ !PromQLLexer.isDigit($0) }) else {
      throw PromQLNumberError(text: text, isOutOfRange: true)
    }
    return value
  }

  /// The common case, without any text: up to 15 digits and no leading zero.
  private static func decimalInteger(_ bytes: Span<UInt8>) -> Double? {
    guard bytes.count <= 15, bytes.count == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
    var value = 0
    for index in bytes.indices {
      guard PromQLLexer.isDigit(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    return Double(value)
  }

  /// Digits after `0x` are hexadecimal, and after `0` octal, if all of them are that.
  private static func integer(_ digits: String) -> Int64? {
    if isHexadecimal(digits) { return Int64(digits.dropFirst(2), radix: 16) }
    return Int64(digits, radix: digits.utf8.count > 1 && digits.hasPrefix("0") ? 8 : 10)
  }

  private static func isHexadecimal(_ digits: String) -> Bool {
    digits.hasPrefix("0x") || digits.hasPrefix("0X")
  }
}
