/// What Go's yaml.v3 finds out about a text before it writes it.
///
/// Source: libyaml `yaml_emitter_analyze_scalar`, which yaml.v3 translates; yaml.v3 differs in what counts as printable.
struct GoYAMLText {
  /// In which it may stand outside of a flow.
  private(set) var allowsPlain = true
  private(set) var allowsSingleQuotes = true
  private(set) var allowsLiteral = true
  private(set) var hasLineBreaks = false

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last else {
      allowsLiteral = false
      return
    }
    if text.hasPrefix("---") || text.hasPrefix("...") { allowsPlain = false }
    if Self.isSpaceOrBreak(first) || Self.isSpaceOrBreak(last) { allowsPlain = false }
    if last == " " { allowsLiteral = false }
    for (index, scalar) in scalars.enumerated() {
      look(
        at: scalar, after: index > 0 ? scalars[index - 1] : nil,
        before: index + 1 < scalars.count ? scalars[index + 1] : nil)
    }
  }

  private mutating func look(at scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?) {
    if Self.isIndicator(scalar, after: previous, before: next) { allowsPlain = false }
    if scalar == "\t" { (allowsPlain, allowsSingleQuotes) = (false, false) }
    if scalar != "\t", !Self.isPrintable(scalar) { forbidAllButDoubleQuotes() }
    if Self.isBreak(scalar) {
      (allowsPlain, hasLineBreaks) = (false, true)
      if previous == " " { forbidAllButDoubleQuotes() }
    }
    if scalar == " ", let previous, Self.isBreak(previous) { (allowsPlain, allowsSingleQuotes) = (false, false) }
  }

  private mutating func forbidAllButDoubleQuotes() {
    (allowsPlain, allowsSingleQuotes, allowsLiteral) = (false, false, false)
  }

  private static func isIndicator(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Bool {
    let isBeforeBlank = next.map(isBlankOrBreak) ?? true
    guard let previous else {
      switch scalar {
      case "#", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": return true
      case "?", ":", "-": return isBeforeBlank
      default: return false
      }
    }
    return scalar == ":" && isBeforeBlank || scalar == "#" && isBlankOrBreak(previous)
  }

  static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  /// What yaml.v3 writes as it is: none of the characters beyond U+FFFF.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    default: false
    }
  }

  private static func isSpaceOrBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || isBreak(scalar)
  }

  private static func isBlankOrBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\t" || isSpaceOrBreak(scalar)
  }
}
