/// Reads one expression, word by word, and finds in it what Prometheus finds, in the same order.
///
/// Prometheus' parser is made by yacc, which reduces before it looks at the next word where it can: an error of
/// meaning then comes before the next error of spelling. That is why words are read as late as possible here.
///
/// Operators wait on a stack of this struct, and not on the program's: only parentheses, calls and the like recurse.
///
/// Source: Prometheus `promql/parser/generated_parser.y` and `parse.go`.
struct PromQLGrammar: ~Escapable {
  /// Nothing more can be read; what is wrong has been reported.
  struct Abort: Error {}

  let parser: PromQLParser
  private(set) var lexer: PromQLLexer
  private var lookahead: PromQLToken?
  private var problems: [PromQLProblem] = []
  private var depth = 0
  /// Where the last word ends that was moved past.
  private(set) var lastEnd = 0
  /// Operators whose right operand has not been read to its end.
  var pending: [PromQLPendingOperator] = []
  var nodes: [PromQLNode] = []
  /// What to say about a word that does not fit.
  var context = PromQLContext.none

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, parser: PromQLParser) {
    self.parser = parser
    lexer = PromQLLexer(text, dialect: parser.dialect)
  }

  /// Reads the whole text.
  @_lifetime(self: copy self)
  mutating func expression() throws(PromQLErrors) -> PromQLExpression {
    do throws(Abort) {
      let root = try wholeText()
      // What an operand yields says nothing while it is broken itself.
      if problems.isEmpty { _ = check(root) }
      if problems.isEmpty { return PromQLExpression(nodes: nodes, rootID: root, dialect: parser.dialect) }
    } catch {
      precondition(!problems.isEmpty, "given up without a word")
    }
    let text = lexer.text
    throw PromQLErrors(errors: problems.map { PromQLError($0, in: text) })
  }

  @_lifetime(self: copy self)
  private mutating func wholeText() throws(Abort) -> PromQLNodeID {
    if peek() == .endOfInput {
      report("no expression found in input", at: 0..<0)
      throw Abort()
    }
    let root = try node()
    guard peek() == .endOfInput else { throw unexpected() }
    return root
  }

  // MARK: - Words

  /// The kind of the next word.
  @_lifetime(self: copy self)
  mutating func peek() -> PromQLTokenKind {
    next().kind
  }

  /// The next word, which stays the next one.
  @_lifetime(self: copy self)
  mutating func next() -> PromQLToken {
    if let lookahead { return lookahead }
    let token: PromQLToken
    do throws(PromQLProblem) {
      token = try lexer.next()
    } catch {
      report(error)
      token = PromQLToken(kind: .error, range: error.range)
    }
    lookahead = token
    return token
  }

  /// Moves past the next word. The end, and what cannot be read, stay where they are.
  @discardableResult
  @_lifetime(self: copy self)
  mutating func take() -> PromQLToken {
    let token = next()
    if token.kind != .endOfInput, token.kind != .error {
      lookahead = nil
      lastEnd = token.range.upperBound
    }
    return token
  }

  /// Moves past the next word if it is of a kind.
  @_lifetime(self: copy self)
  mutating func accept(_ kind: PromQLTokenKind) -> Bool {
    guard peek() == kind else { return false }
    take()
    return true
  }

  /// Moves past the next word, which has to be of a kind.
  @discardableResult
  @_lifetime(self: copy self)
  mutating func expect(_ kind: PromQLTokenKind) throws(Abort) -> PromQLToken {
    guard peek() == kind else { throw unexpected() }
    return take()
  }

  /// The text of a word.
  @_lifetime(copy self)
  func text(of token: PromQLToken) -> Span<UInt8> {
    lexer.text.extracting(token.range)
  }

  // MARK: - Problems

  mutating func report(_ message: String, at range: Range<Int>) {
    report(PromQLProblem(message, at: range))
  }

  private mutating func report(_ problem: PromQLProblem) {
    if problems.count < max(1, parser.limits.errors) { problems.append(problem) }
  }

  /// Reports the next word, unless it could not even be read, which has been reported.
  @_lifetime(self: copy self)
  mutating func unexpected(in context: PromQLContext? = nil) -> Abort {
    let token = next()
    if token.kind != .error {
      report("unexpected \(describe(token))\((context ?? self.context).description)", at: token.range)
    }
    return Abort()
  }

  private func describe(_ token: PromQLToken) -> String {
    guard token.kind != .endOfInput else { return "end of input" }
    let text = String(repairing: text(of: token))
    return switch token.kind.style {
    case .operator: "<op:\(text)>"
    case .aggregation: "<aggr:\(text)>"
    case .keyword: "<\(text)>"
    case .quoted: GoQuoted.string(text)
    case .named(let name):
      if token.kind == .identifier || token.kind == .metricIdentifier || token.range.count <= 10 {
        "\(name) \(GoQuoted.string(text))"
      } else {
        "\(name) \(GoQuoted.string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(10)))))..."
      }
    }
  }

  // MARK: - Nesting

  /// Goes one level deeper.
  mutating func descend() throws(Abort) {
    depth += 1
    try checkNesting()
  }

  mutating func ascend() {
    depth -= 1
  }

  /// Makes an operator wait for its right operand.
  mutating func wait(_ pendingOperator: PromQLPendingOperator) throws(Abort) {
    pending.append(pendingOperator)
    try checkNesting()
  }

  private mutating func checkNesting() throws(Abort) {
    guard depth + pending.count <= parser.limits.nesting else {
      let position = lookahead?.range.lowerBound ?? lexer.position
      report("expression is nested more than \(parser.limits.nesting) levels deep", at: position..<position)
      throw Abort()
    }
  }

  /// Adds a node.
  mutating func append(_ kind: PromQLNode.Kind, _ type: PromQLValueType, at range: Range<Int>) -> PromQLNodeID {
    nodes.append(PromQLNode(kind: kind, range: range, valueType: type))
    return PromQLNodeID(index: nodes.count - 1)
  }

  /// Adds a node for what is broken, which has been reported.
  mutating func appendPlaceholder(at range: Range<Int>) -> PromQLNodeID {
    append(.number(PromQLNumber(value: 0, isDuration: false)), .none, at: range)
  }
}
