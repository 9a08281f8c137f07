/// What Go's yaml.v3 takes a scalar without quotes for.
///
/// Source: yaml.v3 `resolve.go`, and `encode.go` for what YAML 1.1 took for something else.
enum GoYAMLPlain {
  /// Words that are no text, in yaml.v3 or in YAML 1.1.
  private static let words: Set<String> = [
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "<<",
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF",
  ]

  /// Whether it is text.
  static func isText(_ text: String) -> Bool {
    guard !words.contains(text) else { return false }
    guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else { return true }
    // Most texts that begin with a digit are durations. The patterns below take a while to make.
    guard text.utf8.allSatisfy(mayBeInNumber) else { return true }
    return !isTime(text) && !isInBase60(text) && !isNumber(text)
  }

  private static func isNumber(_ text: String) -> Bool {
    // Underscores are left out of all numbers but those that begin with a point.
    let plain = text.hasPrefix(".") ? text : text.replacing("_", with: "")
    return isFloat(plain) || isInteger(plain)
  }

  /// Whether it is a number with or without a fraction or an exponent, and not too large for one.
  private static func isFloat(_ text: String) -> Bool {
    // A pattern that is a literal cannot be kept as a constant: it is not Sendable.
    let pattern = /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/
    guard text.wholeMatch(of: pattern) != nil else { return false }
    let digits = text.hasSuffix(".") ? text + "0" : text
    return Double(digits.replacing(".e", with: ".0e").replacing(".E", with: ".0E"))?.isFinite ?? true
  }

  /// Whether it is a whole number of 64 bits in hexadecimal, octal or binary.
  private static func isInteger(_ text: String) -> Bool {
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let radix =
      switch unsigned.prefix(2).lowercased() {
      case "0x": 16
      case "0o": 8
      case "0b": 2
      default: 0
      }
    let digits = unsigned.dropFirst(2)
    guard radix > 0, let first = digits.utf8.first, !"+-".utf8.contains(first) else { return false }
    return UInt64(digits, radix: radix) != nil
  }

  private static func isInBase60(_ text: String) -> Bool {
    text.wholeMatch(of: /[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?/) != nil
  }

  private static func isTime(_ text: String) -> Bool {
    let pattern =
      #/
      ([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})
      ([Tt\ ]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?
      /#
    guard let match = text.wholeMatch(of: pattern) else { return false }
    // With a T a zone has to follow, with a space it must not.
    if let time = match.4 {
      guard time.hasPrefix(" ") == (match.9 == nil) else { return false }
    }
    let parts = [match.5, match.6, match.7].map { $0.flatMap { Int($0) } ?? 0 }
    guard parts[0] < 24, parts[1] < 60, parts[2] < 60 else { return false }
    guard let year = Int(match.1), let month = Int(match.2), let day = Int(match.3), 1...12 ~= month else {
      return false
    }
    return 1...daysInMonth(month, of: year) ~= day
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    let isLeapYear = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
    return switch month {
    case 2: isLeapYear ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether a number of any kind, or a time, may have this byte in it.
  private static func mayBeInNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20 || "+-._: TtZxXoObB".utf8.contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
