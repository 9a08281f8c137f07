extension PromQLGrammar {
  /// Checks what operators, functions and so on are given.
  ///
  /// A row of operators leans to the left, as deep as it is long: it is walked down without recursion.
  ///
  /// - Returns: What the node yields.
  mutating func check(_ id: PromQLNodeID) -> PromQLValueType {
    var id = id
    var row: [PromQLNodeID] = []
    while case .binary(let binary) = nodes[id.index].kind {
      row.append(id)
      id = binary.left
    }
    checkOperand(nodes[id.index])
    for id in row.reversed() {
      guard case .binary(let binary) = nodes[id.index].kind else { continue }
      _ = check(binary.right)
      check(binary, at: nodes[id.index].range)
    }
    return nodes[row.first?.index ?? id.index].valueType
  }

  private mutating func checkOperand(_ node: PromQLNode) {
    switch node.kind {
    case .number, .string, .binary: break
    case .durationOperation: report("unknown node type: *parser.DurationExpr", at: node.range)
    case .selector(let selector): check(selector, at: node.range)
    case .parentheses(let inner): _ = check(inner)
    case .sign(let sign):
      let type = check(sign.operand)
      guard type != .scalar, type != .vector else { break }
      let types = "expressions of type scalar or instant vector"
      report("unary expression only allowed on \(types), got \"\(type)\"", at: node.range)
    case .subquery(let subquery):
      let type = check(subquery.expression)
      if type != .vector {
        report("subquery is only allowed on instant vector, got \(type.rawValue) instead", at: node.range)
      }
    case .aggregation(let aggregation):
      expect(.vector, of: aggregation.operand, in: "aggregation expression")
      if let parameter = aggregation.parameter, let type = aggregation.operation.parameter {
        expect(type, of: parameter, in: "aggregation parameter")
      }
    case .call(let call): check(call, at: node.range)
    }
  }

  private mutating func expect(_ wanted: PromQLValueType, of id: PromQLNodeID, in place: String) {
    let type = check(id)
    if type != wanted { report("expected type \(wanted) in \(place), got \(type)", at: nodes[id.index].range) }
  }

  // MARK: - Selectors

  private mutating func check(_ selector: PromQLSelector, at range: Range<Int>, mayBeEmpty: Bool = false) {
    guard let name = selector.name else {
      if !mayBeEmpty, selector.matchers.allSatisfy(\.matchesEmpty) {
        report("vector selector must contain at least one non-empty matcher", at: range)
      }
      return
    }
    for matcher in selector.matchers where matcher.label.text == PromQLMatcher.metricName {
      let names = "\(GoQuoted.string(name)) or \(matcher.value.quoted)"
      report("metric name must not be set twice: \(names)", at: range)
    }
  }

  // MARK: - Operators

  private mutating func check(_ binary: PromQLBinary, at range: Range<Int>) {
    let operation = binary.operation
    let matching = binary.matching
    let left = nodes[binary.left.index]
    let right = nodes[binary.right.index]
    if binary.returnsBool, !operation.isComparison {
      report("bool modifier can only be used on comparison operators", at: between(left, right))
    }
    if operation.isComparison, !binary.returnsBool, left.valueType == .scalar, right.valueType == .scalar {
      report("comparisons between scalars must use BOOL modifier", at: between(left, right))
    }
    checkLabels(of: matching, at: between(left, right))
    for operand in [left, right] where operand.valueType != .scalar && operand.valueType != .vector {
      report("binary expression must contain only scalar and instant vector types", at: operand.range)
    }
    if left.valueType != .vector || right.valueType != .vector {
      checkNoMatching(matching, at: range)
    } else if operation.isSetOperator {
      checkSetMatching(matching, operation, at: range)
    }
    if left.valueType == .scalar || right.valueType == .scalar, operation.isSetOperator {
      report("set operator \"\(operation.rawValue)\" not allowed in binary scalar expression", at: range)
    }
  }

  private mutating func checkLabels(of matching: PromQLMatching, at range: Range<Int>) {
    guard matching.isOn, !matching.include.isEmpty else { return }
    let included = Set(matching.include)
    for label in matching.labels where included.contains(label) {
      report("label \(label.quoted) must not occur in ON and GROUP clause at once", at: range)
    }
  }

  private mutating func checkNoMatching(_ matching: PromQLMatching, at range: Range<Int>) {
    if !matching.labels.isEmpty { report("vector matching only allowed between instant vectors", at: range) }
    if matching.isFilling { report("filling in missing series only allowed between instant vectors", at: range) }
  }

  private mutating func checkSetMatching(
    _ matching: PromQLMatching, _ operation: PromQLBinaryOperator, at range: Range<Int>
  ) {
    if matching.group != nil {
      report("no grouping allowed for \"\(operation.rawValue)\" operation", at: range)
      report("set operations must always be many-to-many", at: range)
    }
    if matching.isFilling { report("filling in missing series not allowed for set operators", at: range) }
  }

  /// The operator and its modifiers, without the spaces around them.
  private func between(_ left: PromQLNode, _ right: PromQLNode) -> Range<Int> {
    var start = left.range.upperBound
    var end = right.range.lowerBound
    while start < end, PromQLLexer.isSpace(lexer.text[start]) { start += 1 }
    while start < end, PromQLLexer.isSpace(lexer.text[end - 1]) { end -= 1 }
    return start..<max(start, end)
  }

  // MARK: - Calls

  private mutating func check(_ call: PromQLCall, at range: Range<Int>) {
    checkCount(of: call, at: range)
    let takesLabelsOnly = call.function.name == "info" && call.arguments.count > 1
    if takesLabelsOnly { checkLabelSelector(call.arguments[1], at: range) }
    let parameters = call.function.parameters
    for (index, argument) in call.arguments.enumerated() {
      if index >= parameters.count, call.function.arity == .exact { break }
      guard let parameter = index < parameters.count ? parameters[index] : parameters.last else { break }
      let type = takesLabelsOnly && index == 1 ? checkLabelSelector(argument) : check(argument)
      if type != parameter {
        let function = GoQuoted.string(call.function.name)
        report(
          "expected type \(parameter) in call to function \(function), got \(type)", at: nodes[argument.index].range)
      }
    }
  }

  private mutating func checkCount(of call: PromQLCall, at range: Range<Int>) {
    let count = call.arguments.count
    let parameters = call.function.parameters.count
    let wanted: String? =
      switch call.function.arity {
      case .exact: count == parameters ? nil : "\(parameters)"
      case _ where count < parameters - 1: "at least \(parameters - 1)"
      case .lastUpTo(let limit) where count > parameters - 1 + limit: "at most \(parameters - 1 + limit)"
      default: nil
      }
    guard let wanted else { return }
    report(
      "expected \(wanted) argument(s) in call to \(GoQuoted.string(call.function.name)), got \(count)", at: range)
  }

  /// The second argument of `info` looks like a selector, and stands for labels.
  private mutating func checkLabelSelector(_ argument: PromQLNodeID, at range: Range<Int>) {
    let node = nodes[argument.index]
    if node.valueType != .vector {
      report("expected type instant vector in call to function \"info\", got \(node.valueType)", at: range)
    }
    guard case .selector(let selector) = node.kind, node.valueType == .vector else {
      return report("expected label selectors only", at: node.range)
    }
    if selector.name != nil {
      report("expected label selectors only, got vector selector instead", at: node.range)
    }
  }

  private mutating func checkLabelSelector(_ argument: PromQLNodeID) -> PromQLValueType {
    let node = nodes[argument.index]
    guard case .selector(let selector) = node.kind, node.valueType == .vector else { return check(argument) }
    check(selector, at: node.range, mayBeEmpty: true)
    return node.valueType
  }
}

extension PromQLMatching {
  fileprivate var isFilling: Bool { fillLeft != nil || fillRight != nil }
}
