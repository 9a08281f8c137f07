/// Cuts a template into tokens.
struct TemplateLexer {
  let bytes: [UInt8]
  /// Why the last token is an error.
  private(set) var fault = ""

  /// The next byte to be read.
  private var position = 0
  /// The line of `position`, from 1.
  private var line = 1
  private var isInsideAction = false
  /// The parentheses that are open in this action.
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func next() -> TemplateToken {
    isInsideAction ? nextInAction() : nextInText()
  }

  // MARK: Text

  private mutating func nextInText() -> TemplateToken {
    while true {
      let start = position
      guard let delimiter = nextDelimiter() else {
        return token(position == bytes.count ? .end : .text, to: bytes.count)
      }
      let hasTrimMarker = isLeftTrimMarker(at: delimiter + 2)
      // The spaces before `{{- ` are no part of the text.
      let textEnd = hasTrimMarker ? endWithoutSpaces(start..<delimiter) : delimiter
      let text = token(.text, to: textEnd)
      advance(to: delimiter)
      if textEnd > start { return text }
      let afterMarker = delimiter + (hasTrimMarker ? 4 : 2)
      guard bytes.starts(with: "/*", at: afterMarker) else {
        let token = token(.leftDelimiter, to: delimiter + 2)
        advance(to: afterMarker)
        isInsideAction = true
        depth = 0
        return token
      }
      advance(to: afterMarker)
      if let error = skipComment() { return error }
    }
  }

  private func nextDelimiter() -> Int? {
    var index = position
    while let brace = bytes[index...].firstIndex(of: UInt8(ascii: "{")) {
      index = brace + 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "{") { return brace }
    }
    return nil
  }

  /// Moves past a comment and its closing delimiter.
  ///
  /// - Returns: the error, where it does not end as comments do.
  private mutating func skipComment() -> TemplateToken? {
    var end = position + 2
    while !bytes.starts(with: "*/", at: end) {
      guard end < bytes.count else { return error("unclosed comment") }
      end += 1
    }
    end += 2
    guard let delimiter = rightDelimiter(at: end) else { return error("comment ends before closing delimiter") }
    advance(to: delimiter.end)
    if delimiter.trims { skipSpaces() }
    return nil
  }

  // MARK: Actions

  private mutating func nextInAction() -> TemplateToken {
    if let delimiter = rightDelimiter(at: position) { return closeAction(delimiter) }
    guard position < bytes.count else { return error("unclosed action") }
    let next = position + 1
    switch bytes[position] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return space()
    case UInt8(ascii: "="): return token(.assign, to: next)
    case UInt8(ascii: ":"):
      guard next < bytes.count, bytes[next] == UInt8(ascii: "=") else { return error("expected :=") }
      return token(.declare, to: next + 1)
    case UInt8(ascii: "|"): return token(.pipe, to: next)
    case UInt8(ascii: "\""): return quoted(.string, "unterminated quoted string")
    case UInt8(ascii: "'"): return quoted(.characterConstant, "unterminated character constant")
    case UInt8(ascii: "`"):
      guard let end = bytes[next...].firstIndex(of: UInt8(ascii: "`")) else {
        return error("unterminated raw quoted string")
      }
      return token(.rawString, to: end + 1)
    case UInt8(ascii: "$"): return word(.variable)
    case UInt8(ascii: ".") where next < bytes.count && !isDigit(at: next): return word(.field)
    case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "("):
      depth += 1
      return token(.leftParenthesis, to: next)
    case UInt8(ascii: ")"):
      guard depth > 0 else { return error("unexpected right paren") }
      depth -= 1
      return token(.rightParenthesis, to: next)
    default: return identifierOrCharacter()
    }
  }

  private mutating func closeAction(_ delimiter: (end: Int, trims: Bool)) -> TemplateToken {
    guard depth == 0 else { return error("unclosed left paren") }
    advance(to: delimiter.end - 2)
    let closing = token(.rightDelimiter, to: delimiter.end)
    if delimiter.trims { skipSpaces() }
    isInsideAction = false
    return closing
  }

  private mutating func space() -> TemplateToken {
    var end = position + 1
    while isSpace(at: end) { end += 1 }
    // The last space may belong to ` -}}`.
    if rightDelimiter(at: end - 1)?.trims == true { end -= 1 }
    return token(.space, to: end)
  }

  /// Reads a literal up to its closing quote, on one line.
  private mutating func quoted(_ kind: TemplateToken.Kind, _ message: String) -> TemplateToken {
    let quote = bytes[position]
    var index = position + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] == quote { return token(kind, to: index + 1) }
      if bytes[index] == UInt8(ascii: "\\") {
        index += 1
        guard index < bytes.count, bytes[index] != UInt8(ascii: "\n") else { break }
      }
      index += 1
    }
    return error(message)
  }

  private mutating func identifierOrCharacter() -> TemplateToken {
    guard let scalar = bytes.scalar(at: position)?.value else {
      return error("unrecognized character in action: U+FFFD")
    }
    if scalar.isWordCharacter { return word(.identifier) }
    guard " "..."~" ~= scalar else {
      return error("unrecognized character in action: " + GoQuoted.codePoint(scalar))
    }
    return token(.character, to: position + 1)
  }

  /// Reads an identifier, or a field or variable, which begins with one more character.
  private mutating func word(_ kind: TemplateToken.Kind) -> TemplateToken {
    let start = kind == .identifier ? position : position + 1
    let end = endOfWord(from: start)
    guard isTerminator(at: end) else {
      return error("bad character " + (bytes.scalar(at: end).map { GoQuoted.codePoint($0.value) } ?? "U+FFFD"))
    }
    switch kind {
    case .field where end == start: return token(.dot, to: end)
    case .identifier: return token(TemplateToken.words[bytes.text(start..<end)] ?? kind, to: end)
    default: return token(kind, to: end)
    }
  }

  private func endOfWord(from start: Int) -> Int {
    var index = start
    while index < bytes.count, let (scalar, length) = bytes.scalar(at: index), scalar.isWordCharacter {
      index += length
    }
    return index
  }

  /// Whether a word may end here.
  private func isTerminator(at index: Int) -> Bool {
    guard index < bytes.count, !isSpace(at: index) else { return true }
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: ")"),
      UInt8(ascii: "("):
      return true
    default: return areBraces(at: index)
    }
  }

  // MARK: Numbers

  private mutating func number() -> TemplateToken {
    let first = TemplateNumber.scan(bytes, from: position)
    guard first.isComplete else { return badNumber(to: first.end) }
    guard first.end < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[first.end]) else {
      return token(.number, to: first.end)
    }
    let second = TemplateNumber.scan(bytes, from: first.end)
    guard second.isComplete, bytes[second.end - 1] == UInt8(ascii: "i") else { return badNumber(to: second.end) }
    return token(.complexNumber, to: second.end)
  }

  private mutating func badNumber(to end: Int) -> TemplateToken {
    error("bad number syntax: " + GoQuoted.string(bytes.text(position..<end)))
  }

  // MARK: Places

  /// The end of the `}}` or ` -}}` at `index`.
  private func rightDelimiter(at index: Int) -> (end: Int, trims: Bool)? {
    if areBraces(at: index) { return (index + 2, false) }
    if isSpace(at: index), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"), areBraces(at: index + 2) {
      return (index + 4, true)
    }
    return nil
  }

  private func areBraces(at index: Int) -> Bool {
    index + 1 < bytes.count && bytes[index] == UInt8(ascii: "}") && bytes[index + 1] == UInt8(ascii: "}")
  }

  /// Whether a hyphen and a space stand at `index`.
  private func isLeftTrimMarker(at index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: "-") && isSpace(at: index + 1)
  }

  private func isSpace(at index: Int) -> Bool {
    guard index < bytes.count else { return false }
    return switch bytes[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }

  private func isDigit(at index: Int) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index]
  }

  private func endWithoutSpaces(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isSpace(at: end - 1) { end -= 1 }
    return end
  }

  private mutating func skipSpaces() {
    var end = position
    while isSpace(at: end) { end += 1 }
    advance(to: end)
  }

  private mutating func advance(to index: Int) {
    while position < index {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  private mutating func token(_ kind: TemplateToken.Kind, to end: Int) -> TemplateToken {
    let token = TemplateToken(kind: kind, range: position..<end, line: line)
    advance(to: end)
    return token
  }

  /// Ends the reading: nobody asks for a token after an error.
  private mutating func error(_ message: String) -> TemplateToken {
    fault = message
    return TemplateToken(kind: .error, range: position..<position, line: line)
  }
}
