extension PromQLLexer {
  /// A number or a duration. What is taken for a number here need not be one: that is said when it is read.
  @_lifetime(self: copy self)
  mutating func numberOrDuration() throws(PromQLProblem) -> PromQLTokenKind {
    let start = position
    if number() { return .number }
    if duration() { return .duration }
    let syntax = GoQuoted.string(text.extracting(start..<position))
    throw problem("bad number or duration syntax: \(syntax)", at: start)
  }

  /// Moves past a number: decimal, octal or hexadecimal digits with underscores, or decimal with point and exponent.
  ///
  /// - Returns: Whether it is one. If not, the position is where that shows.
  @_lifetime(self: copy self)
  private mutating func number() -> Bool {
    var isHexadecimal = false
    if accept("0"), accept("xX") {
      _ = accept("_")
      isHexadecimal = true
    }
    _ = accept(".")
    _ = acceptDigit(isHexadecimal)
    var hasPoint = false
    var hasExponent = false
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "."):
        position += 1
        guard !hasPoint, !accept("_."), !isHexadecimal else { return false }
        hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
        guard !hasExponent else { return false }
        _ = accept("+-")
        guard !accept("._eE"), peek() != nil else { return false }
        hasExponent = true
      case UInt8(ascii: "_"):
        position += 1
        guard !accept("._eE"), peek() != nil else { return false }
      default:
        guard acceptDigit(isHexadecimal) else { return !Self.isAlphanumeric(byte) }
        while acceptDigit(isHexadecimal) {}
      }
    }
    return true
  }

  /// Moves past the rest of a duration whose first digits have been read.
  @_lifetime(self: copy self)
  private mutating func duration() -> Bool {
    guard accept("smhdwy") else { return false }
    // The s of ms. Units like hs are complained of where the duration is read.
    _ = accept("s")
    while acceptDigit(false) {
      while acceptDigit(false) {}
      guard accept("smhdw") else { return false }
      _ = accept("s")
    }
    guard let byte = peek(), Self.isAlphanumeric(byte) else { return true }
    position += 1
    return false
  }

  @_lifetime(self: copy self)
  private mutating func accept(_ bytes: StaticString) -> Bool {
    guard let byte = peek(), bytes.withUTF8Buffer({ unsafe $0.contains(byte) }) else { return false }
    position += 1
    return true
  }

  @_lifetime(self: copy self)
  private mutating func acceptDigit(_ isHexadecimal: Bool) -> Bool {
    guard let byte = peek(), Self.isDigit(byte) || isHexadecimal && 0x61...0x66 ~= byte | 0x20 else { return false }
    position += 1
    return true
  }
}
