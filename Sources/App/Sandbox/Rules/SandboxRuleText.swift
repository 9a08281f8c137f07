import Model

/// Reads the text of a rule group as Go's yaml.v3 does.
struct SandboxRuleText {
  private let reader: any DocumentReader

  init(_ reader: any DocumentReader) {
    self.reader = reader
  }

  /// The first document; what follows is not looked at.
  ///
  /// - Throws: `SandboxRuleFault` where the text is no YAML, or none that yaml.v3 takes.
  func group(_ text: [UInt8]) throws(SandboxRuleFault) -> SandboxRuleGroup {
    guard let documents = try? reader.documents(in: text) else { throw SandboxRuleFault() }
    let document = documents.first ?? .null
    guard !hasEscapedSlash(document, lines: Self.lines(text)) else { throw SandboxRuleFault() }
    return try SandboxRuleGroup(decoding: document)
  }

  /// Whether a text in double quotes has the escape `\/`, which JSON has and YAML got from it later. libyaml takes it,
  /// yaml.v3 does not.
  private func hasEscapedSlash(_ node: DocumentNode, lines: [ArraySlice<UInt8>]) -> Bool {
    switch node.content {
    case .scalar(_, .doubleQuoted): hasEscapedSlash(at: node.position, lines)
    case .scalar: false
    case .sequence(let items): items.contains { hasEscapedSlash($0, lines: lines) }
    case .mapping(let fields):
      fields.contains { hasEscapedSlash(at: $0.position, lines) || hasEscapedSlash($0.value, lines: lines) }
    }
  }

  /// Whether quotes begin at a place, and end after such an escape or with the line.
  private func hasEscapedSlash(at position: SourcePosition?, _ lines: [ArraySlice<UInt8>]) -> Bool {
    guard let position, lines.indices.contains(position.line - 1) else { return false }
    var text = lines[position.line - 1].dropFirst(position.column - 1)
    guard text.popFirst() == UInt8(ascii: "\"") else { return false }
    while let byte = text.popFirst(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\"), text.popFirst() == UInt8(ascii: "/") { return true }
    }
    return false
  }

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }
}
