/// Reads a pattern from left to right. Errors are found in the order in which Go finds them.
struct RE2Parser {
  private let bytes: [UInt8]
  private var position = 0
  /// The pattern as a whole, and the parentheses that are open.
  private var groups: [RE2Group]
  /// The flag `i`, the only one that matters to what is known of a pattern.
  private var foldsCase = false
  /// Whether no `:]` follows, so that it is not looked for again: one pass it shall be.
  private var lacksNamedClasses = false
  /// Where the operator of repetition begins that ends at `position`.
  private var repetitionStart: Int?

  init(_ pattern: [UInt8]) {
    bytes = pattern
    groups = [RE2Group(isCapturing: false, outerFoldsCase: false)]
  }

  /// Reads all of the pattern.
  mutating func parse() throws(RE2SyntaxError) -> RE2Piece {
    while position < bytes.count {
      let start = position
      let isRepetition = try parseNext()
      repetitionStart = isRepetition ? start : nil
    }
    guard groups.count == 1 else { throw wholePattern(.missingParenthesis) }
    let whole = try checked(groups[0].whole)
    // Prometheus puts it between anchors, which make it larger, and reads it again.
    _ = try checked(RE2Piece.startAnchor.followed(by: whole).followed(by: .endAnchor))
    return whole
  }

  /// Reads one piece of syntax.
  ///
  /// - Returns: whether it was an operator of repetition.
  private mutating func parseNext() throws(RE2SyntaxError) -> Bool {
    switch bytes[position] {
    case UInt8(ascii: "("): try openGroup()
    case UInt8(ascii: ")"): try closeGroup()
    case UInt8(ascii: "|"):
      position += 1
      groups[groups.count - 1].endAlternative()
    case UInt8(ascii: "^"): try appendOperator(.startAnchor)
    case UInt8(ascii: "$"): try appendOperator(.endAnchor)
    case UInt8(ascii: "."): try appendOperator(.characterClass)
    case UInt8(ascii: "["): try parseClass()
    case UInt8(ascii: "\\"): try parseEscape()
    case UInt8(ascii: "*"):
      try parseRepetition(.star, length: 1)
      return true
    case UInt8(ascii: "+"):
      try parseRepetition(.plus, length: 1)
      return true
    case UInt8(ascii: "?"):
      try parseRepetition(.optional, length: 1)
      return true
    case UInt8(ascii: "{"):
      if let (repetition, length) = countedRepetition() {
        guard repetition.isValid else { throw error(.invalidRepeatCount, position..<position + length) }
        try parseRepetition(repetition, length: length)
        return true
      }
      try appendOperator(.character(foldsCase: foldsCase))
    default:
      _ = try nextScalar()
      try append(.character(foldsCase: foldsCase))
    }
    return false
  }

  // MARK: Groups

  private mutating func openGroup() throws(RE2SyntaxError) {
    guard !bytes.starts(with: "(?", at: position) else { return try parsePerlGroup() }
    position += 1
    groups.append(RE2Group(isCapturing: true, outerFoldsCase: foldsCase))
  }

  private mutating func closeGroup() throws(RE2SyntaxError) {
    guard groups.count > 1, let group = groups.popLast() else { throw wholePattern(.unexpectedParenthesis) }
    position += 1
    foldsCase = group.outerFoldsCase
    let inner = try checked(group.whole)
    try append(group.isCapturing ? inner.captured : inner)
  }

  /// `(?P<name>…)`, `(?<name>…)`, `(?flags)` or `(?flags:…)`.
  private mutating func parsePerlGroup() throws(RE2SyntaxError) {
    let isNamed =
      bytes.starts(with: "(?P<", at: position)
      ? bytes.count > position + 4
      : bytes.starts(with: "(?<", at: position) && bytes.count > position + 3
    if isNamed { try parseCaptureName() } else { try parseFlags() }
  }

  private mutating func parseCaptureName() throws(RE2SyntaxError) {
    let start = position
    let nameStart = start + (bytes[start + 2] == UInt8(ascii: "<") ? 3 : 4)
    guard let end = bytes[nameStart...].firstIndex(of: UInt8(ascii: ">")) else {
      try checkUTF8(start..<bytes.count)
      throw error(.invalidNamedCapture, start..<bytes.count)
    }
    try checkUTF8(nameStart..<end)
    guard end > nameStart, bytes[nameStart..<end].allSatisfy({ Self.isAlphanumeric($0) || $0 == UInt8(ascii: "_") })
    else { throw error(.invalidNamedCapture, start..<end + 1) }
    position = end + 1
    groups.append(RE2Group(isCapturing: true, outerFoldsCase: foldsCase))
  }

  private mutating func parseFlags() throws(RE2SyntaxError) {
    let start = position
    var foldsCaseInside = foldsCase
    var sets = true
    var awaitsFlag = false
    position += 2
    while position < bytes.count {
      switch try nextScalar() {
      case "i":
        foldsCaseInside = sets
        awaitsFlag = false
      case "m", "s", "U":
        awaitsFlag = false
      case "-" where sets:
        sets = false
        awaitsFlag = true
      case ":" where !awaitsFlag:
        groups.append(RE2Group(isCapturing: false, outerFoldsCase: foldsCase))
        foldsCase = foldsCaseInside
        return
      case ")" where !awaitsFlag:
        foldsCase = foldsCaseInside
        return
      default:
        throw error(.invalidPerlSyntax, start..<position)
      }
    }
    throw error(.invalidPerlSyntax, start..<position)
  }

  // MARK: Repetition

  /// Applies a repetition that is written at `position` to the last part.
  private mutating func parseRepetition(_ repetition: RE2Repetition, length: Int) throws(RE2SyntaxError) {
    let start = position
    position += length
    // `*?` and the like: not greedy.
    if position < bytes.count, bytes[position] == UInt8(ascii: "?") { position += 1 }
    if let repetitionStart { throw error(.invalidRepetition, repetitionStart..<position) }
    guard let last = groups[groups.count - 1].last else { throw error(.missingRepeatArgument, start..<position) }
    let repeated = try checked(last.repeated(repetition))
    guard repeated.repetitions <= RE2Syntax.repetitionLimit else { throw error(.invalidRepeatCount, start..<position) }
    groups[groups.count - 1].replaceLast(with: repeated)
  }

  /// `{n}`, `{n,}` or `{n,m}` at `position`, and its length; `nil` where the brace is a character like others.
  private func countedRepetition() -> (RE2Repetition, length: Int)? {
    var index = position + 1
    guard let minimum = count(at: &index), index < bytes.count else { return nil }
    var maximum: Int? = minimum
    if bytes[index] == UInt8(ascii: ",") {
      index += 1
      maximum = count(at: &index)
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else { return nil }
    return (RE2Repetition(form: .counted, minimum: minimum, maximum: maximum), index + 1 - position)
  }

  /// A number without a leading zero. One of more than eight digits is as good as any other that is too great.
  private func count(at index: inout Int) -> Int? {
    let digits = bytes[index...].prefix { Self.isDigit($0) }
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0") else { return nil }
    index = digits.endIndex
    return digits.prefix(9).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  // MARK: Escapes

  private mutating func parseEscape() throws(RE2SyntaxError) {
    guard position + 1 < bytes.count else { throw error(.trailingBackslash, bytes.count..<bytes.count) }
    switch bytes[position + 1] {
    case UInt8(ascii: "A"): try appendOperator(.startAnchor, length: 2)
    case UInt8(ascii: "z"): try appendOperator(.endAnchor, length: 2)
    case UInt8(ascii: "b"): try appendOperator(.wordBoundary, length: 2)
    case UInt8(ascii: "B"): try appendOperator(.noWordBoundary, length: 2)
    case UInt8(ascii: "C"): throw error(.invalidEscape, position..<position + 2)
    case UInt8(ascii: "Q"): try parseQuoted()
    default:
      if try skipClassEscape() {
        try append(.characterClass)
      } else {
        _ = try escapedScalar()
        try append(.character(foldsCase: foldsCase))
      }
    }
  }

  /// `\Q…\E`, the end of which may be missing.
  private mutating func parseQuoted() throws(RE2SyntaxError) {
    position += 2
    while position < bytes.count {
      if bytes.starts(with: "\\E", at: position) {
        position += 2
        return
      }
      _ = try nextScalar()
      try append(.character(foldsCase: foldsCase))
    }
  }

  /// Moves past `\d`, `\pL`, `\p{Greek}` and the like, if such stands at `position`.
  private mutating func skipClassEscape() throws(RE2SyntaxError) -> Bool {
    guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count else { return false }
    switch bytes[position + 1] {
    case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "w"),
      UInt8(ascii: "W"):
      position += 2
      return true
    case UInt8(ascii: "p"), UInt8(ascii: "P"):
      try skipUnicodeClass()
      return true
    default:
      return false
    }
  }

  private mutating func skipUnicodeClass() throws(RE2SyntaxError) {
    let start = position
    position += 2
    var name = position..<position
    if position < bytes.count {
      if try nextScalar() != "{" {
        name = name.lowerBound..<position
      } else {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
          try checkUTF8(start..<bytes.count)
          throw error(.invalidCharacterRange, start..<bytes.count)
        }
        name = position..<end
        position = end + 1
        try checkUTF8(name)
      }
    }
    let isNegated = bytes[name].first == UInt8(ascii: "^")
    guard RE2UnicodeNames.contains(isNegated ? bytes[name].dropFirst() : bytes[name]) else {
      throw error(.invalidCharacterRange, start..<position)
    }
  }

  /// The character that an escape stands for, which begins at `position`.
  private mutating func escapedScalar() throws(RE2SyntaxError) -> UInt32 {
    let start = position
    position += 1
    guard position < bytes.count else { throw error(.trailingBackslash, bytes.count..<bytes.count) }
    let scalar = try nextScalar()
    switch scalar {
    case "0": return octal(first: scalar, limit: 3)
    // A single digit would be a reference to a group, which RE2 has not.
    case "1"..."7" where position < bytes.count && Self.isOctal(bytes[position]):
      return octal(first: scalar, limit: 3)
    case "x":
      if let value = try hexadecimal() { return value }
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    default:
      if scalar.isASCII && !Self.isAlphanumeric(UInt8(ascii: scalar)) { return scalar.value }
    }
    throw error(.invalidEscape, start..<position)
  }

  private mutating func octal(first: Unicode.Scalar, limit: Int) -> UInt32 {
    var value = first.value - 0x30
    for _ in 1..<limit {
      guard position < bytes.count, Self.isOctal(bytes[position]) else { break }
      value = value * 8 + UInt32(bytes[position] - 0x30)
      position += 1
    }
    return value
  }

  /// What follows `\x`: two digits, or any number of them in braces. `nil` where it is neither.
  private mutating func hexadecimal() throws(RE2SyntaxError) -> UInt32? {
    guard position < bytes.count else { return nil }
    let first = try nextScalar()
    guard first == "{" else {
      // Go reads the second character before it looks at the first, also past the end.
      let second = position < bytes.count ? try nextScalar() : nil
      guard let high = Self.hexadecimalValue(first), let low = second.flatMap(Self.hexadecimalValue) else { return nil }
      return high * 16 + low
    }
    var value: UInt32 = 0
    var digits = 0
    while position < bytes.count {
      let scalar = try nextScalar()
      if scalar == "}" { return digits > 0 ? value : nil }
      guard let digit = Self.hexadecimalValue(scalar), value * 16 + digit <= 0x10FFFF else { return nil }
      value = value * 16 + digit
      digits += 1
    }
    return nil
  }

  // MARK: Classes

  private mutating func parseClass() throws(RE2SyntaxError) {
    let start = position
    position += 1
    let isNegated = position < bytes.count && bytes[position] == UInt8(ascii: "^")
    if isNegated { position += 1 }
    // The one character of the class; `nil` where there are more.
    var single: UInt32?
    var items = 0
    // A `]` that comes first is a character like others.
    while items == 0 || position >= bytes.count || bytes[position] != UInt8(ascii: "]") {
      single = try parseClassItem(of: start)
      items += 1
    }
    position += 1
    let isCharacter = items == 1 && single != nil && !isNegated
    try append(isCharacter ? .character(foldsCase: foldsCase) : .characterClass)
  }

  /// Reads a part of the class that begins at `start`: `[:alpha:]`, `\d`, `\pL`, a character or a range.
  ///
  /// - Returns: the character, where it is only one.
  private mutating func parseClassItem(of start: Int) throws(RE2SyntaxError) -> UInt32? {
    if position < bytes.count {
      if try skipNamedClass() { return nil }
      if try skipClassEscape() { return nil }
    }
    let itemStart = position
    let low = try classScalar(of: start)
    // A hyphen at the end of the class is a character.
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "-"), bytes[position + 1] != UInt8(ascii: "]")
    else { return low }
    position += 1
    let high = try classScalar(of: start)
    guard low <= high else { throw error(.invalidCharacterRange, itemStart..<position) }
    return low == high ? low : nil
  }

  private mutating func skipNamedClass() throws(RE2SyntaxError) -> Bool {
    guard !lacksNamedClasses, bytes.starts(with: "[:", at: position) else { return false }
    guard let end = (position + 2..<bytes.count).first(where: { bytes.starts(with: ":]", at: $0) }) else {
      lacksNamedClasses = true
      return false
    }
    let range = position..<end + 2
    guard Self.namedClasses.contains(bytes.text(position + 2..<end)) else { throw error(.invalidCharacterRange, range) }
    position = range.upperBound
    return true
  }

  private mutating func classScalar(of start: Int) throws(RE2SyntaxError) -> UInt32 {
    guard position < bytes.count else { throw error(.missingBracket, start..<bytes.count) }
    return bytes[position] == UInt8(ascii: "\\") ? try escapedScalar() : try nextScalar().value
  }

  private static let namedClasses: Set<String> = {
    let names = [
      "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
      "word",
      "xdigit",
    ]
    return Set(names + names.map { "^" + $0 })
  }()

  // MARK: Pieces

  private mutating func appendOperator(_ piece: RE2Piece, length: Int = 1) throws(RE2SyntaxError) {
    position += length
    try append(piece)
  }

  private mutating func append(_ piece: RE2Piece) throws(RE2SyntaxError) {
    groups[groups.count - 1].append(try checked(piece))
  }

  /// The part itself, where it is within the limits.
  private func checked(_ piece: RE2Piece) throws(RE2SyntaxError) -> RE2Piece {
    guard piece.size <= RE2Syntax.sizeLimit else { throw wholePattern(.tooLarge) }
    guard piece.height <= RE2Syntax.depthLimit else { throw wholePattern(.nestsTooDeeply) }
    return piece
  }

  // MARK: Characters

  private mutating func nextScalar() throws(RE2SyntaxError) -> Unicode.Scalar {
    guard let (value, length) = bytes.scalar(at: position) else { throw error(.invalidUTF8, position..<bytes.count) }
    position += length
    return value
  }

  private func checkUTF8(_ range: Range<Int>) throws(RE2SyntaxError) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard let (_, length) = bytes.scalar(at: index) else { throw error(.invalidUTF8, index..<range.upperBound) }
      index += length
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private static func isOctal(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "7") ~= byte }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func hexadecimalValue(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."f": scalar.value - 0x61 + 10
    case "A"..."F": scalar.value - 0x41 + 10
    default: nil
    }
  }

  // MARK: Errors

  private func error(_ reason: RE2SyntaxError.Reason, _ range: Range<Int>) -> RE2SyntaxError {
    RE2SyntaxError(reason: reason, fragment: bytes.text(range), offset: range.lowerBound)
  }

  private func wholePattern(_ reason: RE2SyntaxError.Reason) -> RE2SyntaxError {
    error(reason, 0..<bytes.count)
  }
}
