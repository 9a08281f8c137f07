/// Reads a ``ResourceSelector`` by the grammar of Kubernetes, which is that of `labels.Parse` in its library.
struct ResourceSelectorReader {
  private static let symbols = "=!(),><"
  /// The bytes of the longest value, and of the longest name without its prefix.
  private static let longestName = 63
  private static let longestPrefix = 253

  private let text: String
  private var tokens: ArraySlice<String>

  init(_ text: String) {
    self.text = text
    tokens = Self.tokens(text)[...]
  }

  /// All terms of the text.
  mutating func terms() throws(InvalidResourceSelector) -> [SelectorTerm] {
    guard !tokens.isEmpty else { return [] }
    var terms = [try term()]
    while !tokens.isEmpty {
      try expect(",")
      terms.append(try term())
    }
    return terms
  }

  // MARK: Terms

  private mutating func term() throws(InvalidResourceSelector) -> SelectorTerm {
    if tokens.first == "!" {
      tokens.removeFirst()
      return SelectorTerm(key: try key(), condition: .absent)
    }
    let key = try key()
    return SelectorTerm(key: key, condition: try condition())
  }

  private mutating func condition() throws(InvalidResourceSelector) -> SelectorTerm.Condition {
    guard let token = tokens.first, token != "," else { return .present }
    switch token {
    case "=", "==": return .among([try value(after: token)])
    case "!=": return .notAmong([try value(after: token)])
    case "in": return .among(try values(after: token))
    case "notin": return .notAmong(try values(after: token))
    case ">": return .above(try number(after: token))
    case "<": return .below(try number(after: token))
    default: throw unexpected("what is asked of the label")
    }
  }

  private mutating func values(after token: String) throws(InvalidResourceSelector) -> [String] {
    try expect(token)
    guard !tokens.starts(with: ["(", ")"]) else {
      throw InvalidResourceSelector(text: text, reason: "has no value between ( and )")
    }
    var values = [try value(after: "(")]
    while tokens.first == "," { values.append(try value(after: ",")) }
    try expect(")")
    return values
  }

  /// A value, which may be empty.
  private mutating func value(after token: String) throws(InvalidResourceSelector) -> String {
    try expect(token)
    guard let value = tokens.first, value != ",", value != ")" else { return "" }
    guard Self.isName(value[...], limit: Self.longestName) else { throw unexpected("the value of a label") }
    tokens.removeFirst()
    return value
  }

  private mutating func number(after token: String) throws(InvalidResourceSelector) -> Int64 {
    try expect(token)
    guard let number = tokens.first.flatMap({ Int64($0) }) else { throw unexpected("a whole number") }
    tokens.removeFirst()
    return number
  }

  private mutating func key() throws(InvalidResourceSelector) -> String {
    guard let key = tokens.first, Self.isKey(key) else { throw unexpected("the name of a label") }
    tokens.removeFirst()
    return key
  }

  private mutating func expect(_ token: String) throws(InvalidResourceSelector) {
    guard tokens.first == token else { throw unexpected(token) }
    tokens.removeFirst()
  }

  private func unexpected(_ expected: String) -> InvalidResourceSelector {
    let place = tokens.first.map { "has \($0)" } ?? "ends"
    return InvalidResourceSelector(text: text, reason: "\(place) where \(expected) must be")
  }

  // MARK: Names

  private static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last, parts.count <= 2 else { return false }
    return isName(name, limit: longestName) && (parts.count == 1 || isName(parts[0], limit: longestPrefix))
  }

  /// Letters and digits, and dashes, underscores and dots between them.
  private static func isName(_ text: Substring, limit: Int) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, bytes.count <= limit else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && bytes.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  // MARK: Tokens

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var rest = text[...]
    while let first = rest.first {
      guard !first.isWhitespace else {
        rest.removeFirst()
        continue
      }
      let token = symbol(at: rest) ?? rest.prefix(while: { !$0.isWhitespace && !symbols.contains($0) })
      tokens.append(String(token))
      rest.removeFirst(token.count)
    }
    return tokens
  }

  /// The symbol that a text begins with; `nil` where it begins with a word.
  private static func symbol(at text: Substring) -> Substring? {
    if text.hasPrefix("==") || text.hasPrefix("!=") { return text.prefix(2) }
    return text.first.map { symbols.contains($0) } == true ? text.prefix(1) : nil
  }
}
