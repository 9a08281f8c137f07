/// What a scalar without quotes means: the union of YAML 1.1, YAML 1.2 and what Go's yaml.v3 does, so that what is text
/// here is text for all of them.
enum PlainScalar: Equatable {
  case null
  case truth(Bool)
  /// A number that JSON can write, in JSON's form.
  case number(String)
  case text

  init(_ text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .truth(true)
    case "false", "False", "FALSE": self = .truth(false)
    default: self = Self.jsonNumber(text).map { .number($0) } ?? .text
    }
  }

  /// Whether some reader of YAML takes a scalar without quotes for something else than text.
  static func isAmbiguous(_ text: String) -> Bool {
    PlainScalar(text) != .text || words.contains(text.lowercased()) || looksLikeNumber(text)
  }

  /// YAML 1.1's other truth values, which yaml.v3 puts into quotes, too; numbers in words; what stands for a default
  /// value and for a merged mapping.
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", ".inf", "+.inf", "-.inf", ".nan", "=", "<<",
  ]

  /// Whether a text may be a number or a time of one of YAML's many forms: binary, octal, in sixties, a timestamp.
  private static func looksLikeNumber(_ text: String) -> Bool {
    let unsigned = text.drop { $0 == "+" || $0 == "-" }.lowercased()
    guard let first = unsigned.utf8.first, digits ~= first || first == UInt8(ascii: ".") else { return false }
    if ["0x", "0o", "0b"].contains(unsigned.prefix(2)) { return true }
    return unsigned.utf8.allSatisfy { digits ~= $0 || numberCharacters.contains($0) }
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  private static let numberCharacters = Set("_.:e+-tz \t".utf8)

  /// A whole number in one of YAML's forms, or a number as JSON has them, in JSON's form.
  private static func jsonNumber(_ text: String) -> String? {
    guard looksLikeNumber(text) else { return nil }
    if isJSONNumber(text) { return text }
    let isNegative = text.hasPrefix("-")
    let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = unsigned.utf8.first, digits ~= first else { return nil }
    let magnitude =
      switch unsigned.prefix(2) {
      case "0x": Int(unsigned.dropFirst(2), radix: 16)
      case "0o": Int(unsigned.dropFirst(2), radix: 8)
      case "0b": Int(unsigned.dropFirst(2), radix: 2)
      default: first == UInt8(ascii: "0") ? nil : Int(unsigned)
      }
    return magnitude.flatMap { $0 < 0 ? nil : isNegative ? "-\($0)" : "\($0)" }
  }

  /// Whether a text is a number in JSON's grammar.
  private static func isJSONNumber(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    func takeDigits() -> Int {
      let found = rest.prefix { digits ~= $0 }.count
      rest = rest.dropFirst(found)
      return found
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let hasLeadingZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits()
    guard whole > 0, whole == 1 || !hasLeadingZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension Unicode.Scalar {
  /// Whether the scalar may stand as it is in one line of YAML, whatever the version.
  ///
  /// Source: YAML 1.1, "Character Set"; without the line breaks of that version.
  var isPrintableInYAML: Bool {
    switch value {
    case 0x20..<0x7F, 0xA0..<0xD800, 0xE000..<0xFFFE, 0x10000...0x10FFFF:
      value != 0x2028 && value != 0x2029 && value != 0xFEFF
    default: value == 0x09
    }
  }
}
