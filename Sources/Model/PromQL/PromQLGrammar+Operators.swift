extension PromQLGrammar {
  /// Operands with operators between them.
  @_lifetime(self: copy self)
  mutating func node() throws(Abort) -> PromQLNodeID {
    try descend()
    let base = pending.count
    while true {
      let operand = try signedOperand()
      guard let operation = PromQLBinaryOperator(peek()) else {
        ascend()
        return reduce(operand, downTo: base, before: nil)
      }
      let left = reduce(operand, downTo: base, before: operation)
      take()
      let (returnsBool, matching) = try matching()
      try wait(.binary(operation, left: left, returnsBool: returnsBool, matching: matching))
    }
  }

  /// An operand and what stands behind it. Signs in front of it have to wait, for `^` binds more strongly.
  @_lifetime(self: copy self)
  private mutating func signedOperand() throws(Abort) -> PromQLNodeID {
    while peek() == .add || peek() == .subtract {
      let sign = take()
      try wait(.sign(isNegative: sign.kind == .subtract, position: sign.range.lowerBound))
    }
    return try suffixes(of: try operand())
  }

  /// Applies the operators, from the last one, whose right operand ends here.
  private mutating func reduce(
    _ operand: PromQLNodeID, downTo base: Int, before next: PromQLBinaryOperator?
  ) -> PromQLNodeID {
    var operand = operand
    while pending.count > base, let last = pending.last, next.map(last.ends) ?? true {
      pending.removeLast()
      switch last {
      case .sign(let isNegative, let position): operand = sign(operand, isNegative, at: position)
      case .binary(let operation, let left, let returnsBool, let matching):
        let binary = PromQLBinary(
          operation: operation, left: left, right: operand, returnsBool: returnsBool, matching: matching)
        operand = append(binary)
      }
    }
    return operand
  }

  private mutating func sign(_ operand: PromQLNodeID, _ isNegative: Bool, at position: Int) -> PromQLNodeID {
    let end = nodes[operand.index].range.upperBound
    guard case .number(var number) = nodes[operand.index].kind else {
      let sign = PromQLSign(isNegative: isNegative, operand: operand)
      return append(.sign(sign), nodes[operand.index].valueType, at: position..<end)
    }
    if isNegative { number.value.negate() }
    nodes[operand.index].kind = .number(number)
    nodes[operand.index].range = position..<end
    return operand
  }

  private mutating func append(_ binary: PromQLBinary) -> PromQLNodeID {
    let range = nodes[binary.left.index].range.lowerBound..<nodes[binary.right.index].range.upperBound
    let isScalar = nodes[binary.left.index].valueType == .scalar && nodes[binary.right.index].valueType == .scalar
    let isFilling = binary.matching.fillLeft != nil || binary.matching.fillRight != nil
    if isFilling, !parser.features.contains(.fillModifiers) {
      report("binop fill modifiers are experimental and not enabled", at: range)
    }
    return append(.binary(binary), isScalar ? .scalar : .vector, at: range)
  }

  // MARK: - Matching

  /// What may stand between an operator and its right operand.
  @_lifetime(self: copy self)
  private mutating func matching() throws(Abort) -> (returnsBool: Bool, PromQLMatching) {
    var matching = PromQLMatching()
    let returnsBool = accept(.bool)
    if peek() == .on || peek() == .ignoring {
      matching.isOn = take().kind == .on
      matching.labels = try labels()
      if peek() == .groupLeft || peek() == .groupRight {
        matching.group = take().kind == .groupLeft ? .left : .right
        matching.include = try includedLabels()
      }
    }
    if parser.dialect.isLate { try fill(&matching) }
    return (returnsBool, matching)
  }

  /// The labels of `group_left`, which may be left out.
  @_lifetime(self: copy self)
  private mutating func includedLabels() throws(Abort) -> [PromQLString] {
    if peek() == .leftParenthesis { return try labels() }
    guard peek().startsExpression else { throw unexpected(in: .labelsStart) }
    return []
  }

  @_lifetime(self: copy self)
  private mutating func fill(_ matching: inout PromQLMatching) throws(Abort) {
    switch peek() {
    case .fill:
      let value = try fillValue()
      matching.fillLeft = value
      matching.fillRight = value
    case .fillLeft:
      matching.fillLeft = try fillValue()
      if peek() == .fillRight { matching.fillRight = try fillValue() }
    case .fillRight:
      matching.fillRight = try fillValue()
      if peek() == .fillLeft { matching.fillLeft = try fillValue() }
    default: return
    }
  }

  @_lifetime(self: copy self)
  private mutating func fillValue() throws(Abort) -> Double {
    take()
    try expect(.leftParenthesis)
    let isNegative = peek() == .subtract
    if isNegative || peek() == .add { take() }
    guard peek() == .number || peek() == .duration else { throw unexpected() }
    let value = number(take()).value
    try expect(.rightParenthesis)
    return isNegative ? -value : value
  }

  // MARK: - Labels

  /// Labels between parentheses. After one that does not fit, reading goes on behind the parentheses.
  @_lifetime(self: copy self)
  mutating func labels() throws(Abort) -> [PromQLString] {
    guard peek() == .leftParenthesis else { throw unexpected(in: .labelsStart) }
    take()
    var labels: [PromQLString] = []
    while !accept(.rightParenthesis) {
      guard let label = label() else {
        try skipLabels(after: unexpected(in: .label))
        return labels
      }
      labels.append(label)
      if accept(.comma) { continue }
      guard peek() == .rightParenthesis else {
        try skipLabels(after: unexpected(in: .labelsEnd))
        return labels
      }
    }
    return labels
  }

  @_lifetime(self: copy self)
  private mutating func label() -> PromQLString? {
    let token = next()
    guard token.kind == .string || token.kind.isLabelName else { return nil }
    take()
    guard token.kind == .string else { return PromQLString(String(repairing: text(of: token))) }
    let label = PromQLString(literal: text(of: token))
    if label.text.isEmpty || !label.isText {
      report("invalid label name for grouping: \(label.quoted)", at: token.range)
    }
    return label
  }

  /// Moves past the closing parenthesis.
  @_lifetime(self: copy self)
  private mutating func skipLabels(after abort: Abort) throws(Abort) {
    var open = 1
    while open > 0 {
      switch take().kind {
      case .leftParenthesis: open += 1
      case .rightParenthesis: open -= 1
      case .endOfInput, .error: throw abort
      default: continue
      }
    }
  }
}
