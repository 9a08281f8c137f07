/// Reads a template from left to right, as Go's parser does: errors are found in the same order, and in its words.
///
/// Blocks are kept in a list of their own and not on the stack; parentheses are limited in depth.
struct TemplateParser {
  private let name: String
  private var lexer: TemplateLexer
  /// Tokens that were looked at and given back, the next one last.
  private var pending: [TemplateToken] = []
  /// The last token that the lexer made, whose line Go reports.
  private var lastToken: TemplateToken

  /// The template that is being read: the text as a whole, or one that it defines.
  var scope: TemplateScope
  /// Those around it.
  private var outerScopes: [TemplateScope] = []
  /// The blocks that are open.
  private var blocks: [TemplateBlock] = []
  /// The templates that are defined, and whether each is blank.
  private var definitions: [String: Bool] = [:]
  /// The parentheses that are open.
  var depth = 0
  var facts = TemplateFacts()

  init(_ bytes: [UInt8], name: String) {
    lexer = TemplateLexer(bytes)
    lastToken = TemplateToken(kind: .end, range: 0..<0, line: 1)
    self.name = name
    scope = TemplateScope(name: name, isMain: true)
  }

  /// Reads all of the template.
  mutating func parse() throws(TemplateError) -> TemplateFacts {
    while true {
      let token = next()
      switch token.kind {
      case .text:
        if scope.isBlank { scope.isBlank = isBlank(token) }
      case .leftDelimiter:
        try parseAction(startingAt: token)
      case .end:
        guard blocks.isEmpty else { throw error("unexpected EOF", at: token) }
        try addDefinition(scope, at: token)
        return facts
      default: throw unexpected(token, in: "input")
      }
    }
  }

  private mutating func parseAction(startingAt delimiter: TemplateToken) throws(TemplateError) {
    let token = nextNonSpace()
    if token.kind == .defineWord, blocks.isEmpty { return try openDefinition() }
    scope.actionLine = delimiter.line
    switch token.kind {
    case .endWord: return try closeBlock(at: token)
    case .elseWord: return try parseElse(at: token)
    case .ifWord: return try openBlock(.conditional)
    case .withWord: return try openBlock(.with)
    case .rangeWord: return try openBlock(.range)
    case .blockWord: return try openNamedBlock()
    case .templateWord: try parseCall()
    case .breakWord: try parseLoopControl("{{break}}")
    case .continueWord: try parseLoopControl("{{continue}}")
    default:
      giveBack(token)
      try parsePipeline(in: "command", until: .rightDelimiter)
      scope.isBlank = false
    }
    scope.actionLine = 0
  }

  private mutating func parseLoopControl(_ action: String) throws(TemplateError) {
    let token = try expect([.rightDelimiter], in: action)
    guard scope.rangeDepth > 0 else { throw error("\(action) outside {{range}}", at: token) }
  }

  /// `{{template "name"}}` or `{{template "name" pipeline}}`.
  private mutating func parseCall() throws(TemplateError) {
    let context = "template clause"
    _ = try parseTemplateName(in: context)
    scope.isBlank = false
    let token = nextNonSpace()
    guard token.kind != .rightDelimiter else { return }
    giveBack(token)
    try parsePipeline(in: context, until: .rightDelimiter)
  }

  private mutating func parseTemplateName(in context: String) throws(TemplateError) -> String {
    let token = try expect([.string, .rawString], in: context)
    guard let name = GoLiteral.unquoted(lexer.bytes[token.range]) else { throw error("invalid syntax", at: token) }
    return name
  }

  // MARK: Blocks

  private mutating func openBlock(_ kind: TemplateBlock.Kind) throws(TemplateError) {
    let block = TemplateBlock(
      kind: kind, variableCount: scope.variableCount, outerDotIsAlert: scope.dotIsAlert)
    try parsePipeline(in: kind.rawValue, until: .rightDelimiter)
    scope.isBlank = false
    blocks.append(block)
    enterBody(of: block)
  }

  private mutating func enterBody(of block: TemplateBlock) {
    if block.kind == .range { scope.rangeDepth += 1 }
    if block.kind != .conditional { scope.dotIsAlert = false }
  }

  private mutating func openDefinition() throws(TemplateError) {
    let context = TemplateBlock.Kind.definition.rawValue
    // Go reads a definition with a parser of its own, which knows of no action around it.
    scope.actionLine = 0
    let name = try parseTemplateName(in: context)
    _ = try expect([.rightDelimiter], in: context)
    openTemplate(name, as: .definition)
  }

  private mutating func openNamedBlock() throws(TemplateError) {
    let context = TemplateBlock.Kind.block.rawValue
    let name = try parseTemplateName(in: context)
    try parsePipeline(in: context, until: .rightDelimiter)
    scope.isBlank = false
    openTemplate(name, as: .block)
  }

  private mutating func openTemplate(_ name: String, as kind: TemplateBlock.Kind) {
    blocks.append(TemplateBlock(kind: kind, variableCount: scope.variableCount, outerDotIsAlert: scope.dotIsAlert))
    outerScopes.append(scope)
    scope = TemplateScope(name: name, isMain: false)
  }

  private mutating func closeBlock(at token: TemplateToken) throws(TemplateError) {
    _ = try expect([.rightDelimiter], in: "end")
    guard let block = blocks.popLast() else { throw error("unexpected {{end}}", at: token) }
    if block.isTemplate, let outer = outerScopes.popLast() {
      try addDefinition(scope, at: token)
      scope = outer
    } else {
      if block.kind == .range, !block.isElse { scope.rangeDepth -= 1 }
      scope.dotIsAlert = block.outerDotIsAlert
      scope.forgetVariables(after: block.variableCount)
    }
    scope.actionLine = 0
  }

  private mutating func parseElse(at token: TemplateToken) throws(TemplateError) {
    let following = nextNonSpace()
    let chains = following.kind == .ifWord || following.kind == .withWord
    if !chains, following.kind != .rightDelimiter { throw unexpected(following, in: "else") }
    scope.actionLine = 0
    guard let block = blocks.last else { throw error("unexpected {{else}}", at: token) }
    guard !block.isTemplate else { throw error("unexpected {{else}} in \(block.kind.rawValue)", at: token) }
    guard !block.isElse else { throw error("expected end; found {{else}}", at: token) }
    if block.kind == .range { scope.rangeDepth -= 1 }
    scope.dotIsAlert = block.outerDotIsAlert
    guard chains else {
      blocks[blocks.count - 1].isElse = true
      return
    }
    // `{{else if}}` in an if and `{{else with}}` in a with go on with the same block, which one `{{end}}` closes.
    guard block.kind == (following.kind == .ifWord ? .conditional : .with) else {
      throw unexpected(following, in: "input")
    }
    try parsePipeline(in: block.kind.rawValue, until: .rightDelimiter)
    enterBody(of: block)
  }

  private mutating func addDefinition(_ template: TemplateScope, at token: TemplateToken) throws(TemplateError) {
    guard definitions[template.name] ?? true else {
      guard !template.isBlank else { return }
      throw error("template: multiple definition of template \(GoQuoted.string(template.name))", at: token)
    }
    definitions[template.name] = template.isBlank
  }

  private func isBlank(_ token: TemplateToken) -> Bool {
    text(of: token).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  // MARK: Tokens

  mutating func next() -> TemplateToken {
    if let token = pending.popLast() { return token }
    lastToken = lexer.next()
    return lastToken
  }

  mutating func nextNonSpace() -> TemplateToken {
    var token = next()
    while token.kind == .space { token = next() }
    return token
  }

  mutating func giveBack(_ token: TemplateToken) {
    pending.append(token)
  }

  /// The next token, which stays the next one.
  mutating func peek() -> TemplateToken {
    let token = next()
    giveBack(token)
    return token
  }

  /// The next token that is no space, which is the next one then.
  mutating func peekNonSpace() -> TemplateToken {
    let token = nextNonSpace()
    giveBack(token)
    return token
  }

  /// The next token, which has to be of one of these kinds.
  private mutating func expect(
    _ kinds: [TemplateToken.Kind], in context: String
  ) throws(TemplateError) -> TemplateToken {
    let token = nextNonSpace()
    guard kinds.contains(token.kind) else { throw unexpected(token, in: context) }
    return token
  }

  func bytes(of token: TemplateToken) -> ArraySlice<UInt8> {
    lexer.bytes[token.range]
  }

  func text(of token: TemplateToken) -> String {
    lexer.bytes.text(token.range)
  }

  // MARK: Errors

  func error(_ message: String, at token: TemplateToken) -> TemplateError {
    TemplateError(message: message, name: name, line: lastToken.line, offset: token.range.lowerBound)
  }

  func unexpected(_ token: TemplateToken, in context: String) -> TemplateError {
    guard token.kind == .error else { return error("unexpected \(shown(token)) in \(context)", at: token) }
    var message = lexer.fault
    if scope.actionLine != 0, scope.actionLine != token.line {
      let inAction = message.hasSuffix(" action") ? "" : " in action"
      message += "\(inAction) started at \(name):\(scope.actionLine)"
    }
    return error(message, at: token)
  }

  /// A token as messages show it.
  private func shown(_ token: TemplateToken) -> String {
    let text = text(of: token)
    if token.kind == .end { return "EOF" }
    if token.isWord { return "<\(text)>" }
    guard text.utf8.count > 10 else { return GoQuoted.string(text) }
    return GoQuoted.string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(10)))) + "..."
  }
}
