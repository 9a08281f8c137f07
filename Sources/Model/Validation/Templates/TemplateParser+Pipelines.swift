/// What stands between `{{` and `}}`, or in parentheses: commands, each of which gets the result of the one before.
extension TemplateParser {
  /// Reads a pipeline, and the token that ends it.
  ///
  /// - Parameter context: what it belongs to, for messages.
  mutating func parsePipeline(in context: String, until end: TemplateToken.Kind) throws(TemplateError) {
    try parseDeclarations(in: context)
    var stage = 0
    var firstFault: Int?
    while true {
      let token = nextNonSpace()
      switch token.kind {
      case end:
        guard stage > 0 else { throw error("missing value for \(context)", at: token) }
        if let firstFault { throw error("non executable command in pipeline stage \(firstFault)", at: token) }
        return
      case .boolean, .characterConstant, .complexNumber, .dot, .field, .identifier, .number, .null, .rawString, .string,
        .variable, .leftParenthesis:
        giveBack(token)
        stage += 1
        let isExecutable = try parseCommand()
        // The first command may be a value.
        if !isExecutable, stage > 1, firstFault == nil { firstFault = stage }
      default: throw unexpected(token, in: context)
      }
    }
  }

  /// `$x :=`, `$x =`, and in a range `$x, $y :=`.
  private mutating func parseDeclarations(in context: String) throws(TemplateError) {
    var count = 0
    while peekNonSpace().kind == .variable {
      let variable = next()
      let adjacent = peek()
      let following = peekNonSpace()
      switch following.kind {
      case .assign, .declare:
        _ = nextNonSpace()
        scope.define(text(of: variable))
        return
      case .character where text(of: following) == ",":
        _ = nextNonSpace()
        scope.define(text(of: variable))
        count += 1
        guard context == "range", count < 2 else { throw error("too many declarations in \(context)", at: following) }
        let second = peekNonSpace()
        guard [.variable, .rightDelimiter, .rightParenthesis].contains(second.kind) else {
          throw error("range can only initialize variables", at: second)
        }
      default:
        // An argument, and no declaration.
        if adjacent.kind == .space { giveBack(adjacent) }
        giveBack(variable)
        return
      }
    }
  }

  /// Reads a command, which is a list of operands with spaces between them, and the `|` after it.
  ///
  /// - Returns: whether its first operand can get the result of a command before.
  private mutating func parseCommand() throws(TemplateError) -> Bool {
    var isExecutable: Bool?
    while true {
      _ = peekNonSpace()
      if let operand = try parseOperand() { isExecutable = isExecutable ?? operand }
      let token = next()
      switch token.kind {
      case .space: continue
      case .rightDelimiter, .rightParenthesis: giveBack(token)
      case .pipe: break
      default: throw unexpected(token, in: "operand")
      }
      guard let isExecutable else { throw error("empty command", at: token) }
      return isExecutable
    }
  }

  /// Reads a term and the fields that are taken from it.
  ///
  /// - Returns: whether it can be called; `nil` where what comes next is no operand.
  private mutating func parseOperand() throws(TemplateError) -> Bool? {
    let token = nextNonSpace()
    let isExecutable: Bool
    switch token.kind {
    case .identifier:
      guard AlertTemplate.functions.contains(text(of: token)) else {
        throw error("function \(GoQuoted.string(text(of: token))) not defined", at: token)
      }
      isExecutable = true
    case .variable:
      try parseVariable(token)
      isExecutable = true
    case .field:
      if scope.dotIsAlert { noteValue(token.range, if: text(of: token) == AlertTemplate.valueField) }
      isExecutable = true
    case .leftParenthesis:
      try parseParentheses(at: token)
      isExecutable = true
    case .dot, .null, .boolean, .number, .complexNumber, .characterConstant, .string, .rawString:
      if let fault = literalFault(token) { throw error(fault, at: token) }
      isExecutable = false
    default:
      giveBack(token)
      return nil
    }
    guard peek().kind == .field else { return isExecutable }
    guard isExecutable else { throw error("unexpected . after term \(GoQuoted.string(text(of: token)))", at: token) }
    while peek().kind == .field { _ = next() }
    return true
  }

  private mutating func parseVariable(_ token: TemplateToken) throws(TemplateError) {
    let variable = text(of: token)
    guard scope.isDefined(variable) else {
      throw error("undefined variable \(GoQuoted.string(variable))", at: token)
    }
    if variable == AlertTemplate.valueVariable {
      noteValue(token.range, if: scope.isPredefined(variable))
    } else if variable == "$", scope.isMain {
      let field = peek()
      noteValue(
        token.range.lowerBound..<field.range.upperBound,
        if: field.kind == .field && text(of: field) == AlertTemplate.valueField)
    }
  }

  private mutating func parseParentheses(at token: TemplateToken) throws(TemplateError) {
    guard depth < AlertTemplate.depthLimit else { throw error("max expression depth exceeded", at: token) }
    depth += 1
    try parsePipeline(in: "parenthesized pipeline", until: .rightParenthesis)
    depth -= 1
  }

  private func literalFault(_ token: TemplateToken) -> String? {
    let bytes = bytes(of: token)
    return switch token.kind {
    case .number: TemplateNumber.fault(in: bytes)
    case .complexNumber: TemplateNumber.complexFault(in: bytes)
    case .characterConstant: TemplateNumber.characterFault(in: bytes)
    case .string: GoLiteral.unquoted(bytes) == nil ? "invalid syntax" : nil
    default: nil
    }
  }

  private mutating func noteValue(_ range: Range<Int>, if isValue: Bool) {
    if isValue, facts.valueUse == nil { facts.valueUse = range }
  }
}
