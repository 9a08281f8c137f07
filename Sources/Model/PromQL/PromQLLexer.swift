/// Cuts an expression into words, one at a time, as Prometheus does, with the same complaints.
///
/// Source: Prometheus `promql/parser/lex.go`.
struct PromQLLexer: ~Escapable {
  /// What the next word is taken to be part of.
  private enum Place {
    case expression
    /// Between braces, where there are no keywords.
    case matchers
    /// Between brackets, up to the first number.
    case duration
  }

  /// The whole text; positions count from its start.
  let text: Span<UInt8>
  private let dialect: PromQLDialect
  /// The byte to be read next.
  var position = 0
  private var place = Place.expression
  private var openParentheses = 0
  private var isInBrackets = false
  /// Whether a colon has come in these brackets.
  private var hasColon = false
  /// Whether a number has come in brackets, these or others.
  private var hasDuration = false

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, dialect: PromQLDialect) {
    self.text = text
    self.dialect = dialect
  }

  /// The next word, or the end.
  ///
  /// - Throws: what cannot be read. Nothing can be read after that.
  @_lifetime(self: copy self)
  mutating func next() throws(PromQLProblem) -> PromQLToken {
    skipSpace()
    let start = position
    let kind =
      switch place {
      case .expression: try wordOfExpression()
      case .matchers: try wordOfMatchers()
      case .duration: try wordOfDuration()
      }
    return PromQLToken(kind: kind, range: start..<position)
  }

  /// Moves past spaces, and past comments where there may be some.
  @_lifetime(self: copy self)
  private mutating func skipSpace() {
    while let byte = peek() {
      if Self.isSpace(byte) {
        position += 1
      } else if byte == UInt8(ascii: "#"), place != .duration {
        while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { position += 1 }
      } else {
        return
      }
    }
  }

  // MARK: - Expressions

  @_lifetime(self: copy self)
  private mutating func wordOfExpression() throws(PromQLProblem) -> PromQLTokenKind {
    let start = position
    guard let byte = peek() else { return try endOfExpression() }
    if Self.isDigit(byte) { return try numberOrDuration() }
    if Self.isLetter(byte) { return isInBrackets ? try durationKeyword(at: start) : identifierOrKeyword() }
    position += 1
    switch byte {
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: "*"): return .multiply
    case UInt8(ascii: "/"): return .divide
    case UInt8(ascii: "%"): return .modulo
    case UInt8(ascii: "+"): return .add
    case UInt8(ascii: "-"): return .subtract
    case UInt8(ascii: "^"): return .power
    case UInt8(ascii: "@"): return .at
    case UInt8(ascii: "="): return try equals(at: start)
    case UInt8(ascii: "!"):
      guard accept(UInt8(ascii: "=")) else { throw unexpectedNext("unexpected character after '!'", at: start) }
      return .notEqual
    case UInt8(ascii: "<"):
      if dialect.isLate, accept(UInt8(ascii: "/")) { return .trimUpper }
      return accept(UInt8(ascii: "=")) ? .lessOrEqual : .less
    case UInt8(ascii: ">"):
      if dialect.isLate, accept(UInt8(ascii: "/")) { return .trimLower }
      return accept(UInt8(ascii: "=")) ? .greaterOrEqual : .greater
    case UInt8(ascii: "."):
      position = start
      guard start + 1 < text.count, Self.isDigit(text[start + 1]) else { throw unexpectedCharacter(at: start) }
      return try numberOrDuration()
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string(at: start)
    case UInt8(ascii: ":"): return try colonOfExpression(at: start)
    case UInt8(ascii: "("), UInt8(ascii: ")"): return try parenthesis(byte)
    case UInt8(ascii: "{"):
      place = .matchers
      return .leftBrace
    case UInt8(ascii: "["): return try leftBracket(at: start)
    case UInt8(ascii: "]"):
      guard isInBrackets else { throw problem("unexpected right bracket ']'", at: start) }
      isInBrackets = false
      return .rightBracket
    default: throw unexpectedCharacter(at: start)
    }
  }

  private func endOfExpression() throws(PromQLProblem) -> PromQLTokenKind {
    if openParentheses > 0 { throw problem("unclosed left parenthesis", at: position) }
    if isInBrackets { throw problem("unclosed left bracket", at: position) }
    return .endOfInput
  }

  @_lifetime(self: copy self)
  private mutating func equals(at start: Int) throws(PromQLProblem) -> PromQLTokenKind {
    if accept(UInt8(ascii: "=")) { return .equal }
    guard peek() != UInt8(ascii: "~") else { throw problem("unexpected character after '=': '~'", at: start) }
    return .equals
  }

  /// Outside of brackets a colon starts a name.
  @_lifetime(self: copy self)
  private mutating func colonOfExpression(at start: Int) throws(PromQLProblem) -> PromQLTokenKind {
    guard isInBrackets else {
      position = start
      return identifierOrKeyword()
    }
    guard !hasColon else { throw problem("unexpected colon ':'", at: start) }
    hasColon = true
    return .colon
  }

  @_lifetime(self: copy self)
  private mutating func parenthesis(_ byte: UInt8) throws(PromQLProblem) -> PromQLTokenKind {
    guard byte == UInt8(ascii: ")") else {
      openParentheses += 1
      return .leftParenthesis
    }
    openParentheses -= 1
    guard openParentheses >= 0 else { throw problem("unexpected right parenthesis ')'", at: position) }
    return .rightParenthesis
  }

  @_lifetime(self: copy self)
  private mutating func leftBracket(at start: Int) throws(PromQLProblem) -> PromQLTokenKind {
    guard !isInBrackets else { throw problem("unexpected left bracket '['", at: start) }
    isInBrackets = true
    hasColon = false
    place = .duration
    return .leftBracket
  }

  @_lifetime(self: copy self)
  private mutating func identifierOrKeyword() -> PromQLTokenKind {
    let start = position
    var hasColon = false
    while let byte = peek(), Self.isAlphanumeric(byte) || byte == UInt8(ascii: ":") {
      hasColon = hasColon || byte == UInt8(ascii: ":")
      position += 1
    }
    if hasColon { return .metricIdentifier }
    guard let keyword = PromQLKeywords.kind(of: text.extracting(start..<position), in: dialect) else {
      return .identifier
    }
    switch keyword {
    // Not to break expressions over metrics of that name.
    case .fill, .fillLeft, .fillRight: return isFollowedByParenthesis ? keyword : .identifier
    default: return keyword
    }
  }

  private var isFollowedByParenthesis: Bool {
    var index = position
    while index < text.count, Self.isSpace(text[index]) { index += 1 }
    return index < text.count && text[index] == UInt8(ascii: "(")
  }

  // MARK: - Matchers

  @_lifetime(self: copy self)
  private mutating func wordOfMatchers() throws(PromQLProblem) -> PromQLTokenKind {
    let start = position
    guard let byte = peek() else { throw problem("unexpected end of input inside braces", at: start) }
    if Self.isLetter(byte) {
      while let byte = peek(), Self.isAlphanumeric(byte) { position += 1 }
      return .identifier
    }
    position += 1
    switch byte {
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: "="): return accept(UInt8(ascii: "~")) ? .matches : .equals
    case UInt8(ascii: "!"):
      if accept(UInt8(ascii: "~")) { return .matchesNot }
      guard accept(UInt8(ascii: "=")) else {
        throw unexpectedNext("unexpected character after '!' inside braces", at: start)
      }
      return .notEqual
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string(at: start)
    case UInt8(ascii: "{"): throw problem("unexpected left brace '{'", at: start)
    case UInt8(ascii: "}"):
      place = .expression
      return .rightBrace
    default:
      throw problem("unexpected character inside braces: \(GoQuoted.character(character(at: start)))", at: start)
    }
  }

  // MARK: - Durations

  @_lifetime(self: copy self)
  private mutating func wordOfDuration() throws(PromQLProblem) -> PromQLTokenKind {
    let start = position
    guard let byte = peek() else { throw problem("unexpected end of input in duration expression", at: start) }
    if startsNumber(byte) {
      hasDuration = true
      place = .expression
      return try numberOrDuration()
    }
    if Self.isLetter(byte) { return try durationKeyword(at: start) }
    position += 1
    switch byte {
    case UInt8(ascii: "+"): return .add
    case UInt8(ascii: "-"): return .subtract
    case UInt8(ascii: "*"): return .multiply
    case UInt8(ascii: "/"): return .divide
    case UInt8(ascii: "%"): return .modulo
    case UInt8(ascii: "^"): return .power
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: "("), UInt8(ascii: ")"): return try parenthesis(byte)
    case UInt8(ascii: ":"): return try colonOfDuration()
    case UInt8(ascii: "]"):
      isInBrackets = false
      place = .expression
      return .rightBracket
    default: throw unexpectedCharacterOfDuration(at: start)
    }
  }

  @_lifetime(self: copy self)
  private mutating func colonOfDuration() throws(PromQLProblem) -> PromQLTokenKind {
    guard hasDuration else { throw problem("unexpected colon before duration in duration expression", at: position) }
    guard !hasColon else { throw problem("unexpected repeated colon in duration expression", at: position) }
    hasColon = true
    return .colon
  }

  /// The functions of durations: the only words between brackets.
  @_lifetime(self: copy self)
  private mutating func durationKeyword(at start: Int) throws(PromQLProblem) -> PromQLTokenKind {
    while let byte = peek(), Self.isLetter(byte) { position += 1 }
    switch PromQLKeywords.kind(of: text.extracting(start..<position), in: dialect) {
    case let keyword? where keyword == .step: return keyword
    case let keyword? where dialect.isLate && [.range, .maximumOf, .minimumOf].contains(keyword): return keyword
    case let keyword? where !dialect.isLate && [.max, .min].contains(keyword): return keyword
    default:
      guard place == .duration else {
        let character = GoQuoted.character(character(at: start))
        throw problem("unexpected character: \(character), expected ':'", at: start)
      }
      throw unexpectedCharacterOfDuration(at: start)
    }
  }

  // MARK: - Problems

  func problem(_ message: String, at start: Int) -> PromQLProblem {
    PromQLProblem(message, at: min(start, text.count)..<text.count)
  }

  private func unexpectedCharacter(at start: Int) -> PromQLProblem {
    problem("unexpected character: \(GoQuoted.character(character(at: start)))", at: start)
  }

  private func unexpectedCharacterOfDuration(at start: Int) -> PromQLProblem {
    problem("unexpected character in duration expression: \(GoQuoted.character(character(at: start)))", at: start)
  }

  private func unexpectedNext(_ message: String, at start: Int) -> PromQLProblem {
    problem("\(message): \(GoQuoted.character(character(at: position)))", at: start)
  }

  /// The character at a byte; U+FFFD at the end, and where the text is no UTF-8.
  func character(at position: Int) -> Unicode.Scalar {
    guard position < text.count else { return "\u{FFFD}" }
    return UTF8Scalar(at: position, of: text)?.value ?? "\u{FFFD}"
  }

  // MARK: - Bytes

  @inline(__always)
  func peek() -> UInt8? {
    position < text.count ? text[position] : nil
  }

  /// Moves past a byte, if it is the next one.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func accept(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private func startsNumber(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "."), position + 1 < text.count { return Self.isDigit(text[position + 1]) }
    return Self.isDigit(byte)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || byte == UInt8(ascii: "_")
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte)
  }
}
