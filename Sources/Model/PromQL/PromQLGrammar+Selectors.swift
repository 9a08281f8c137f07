extension PromQLGrammar {
  /// A metric, its matchers, or both.
  ///
  /// - Parameter name: The name, which has been read.
  @_lifetime(self: copy self)
  mutating func selector(named name: PromQLToken?) throws(Abort) -> PromQLNodeID {
    let start = name?.range.lowerBound ?? next().range.lowerBound
    let matchers = peek() == .leftBrace ? try matchers() : []
    var text: String?
    if let name { text = String(repairing: self.text(of: name)) }
    return append(.selector(PromQLSelector(name: text, matchers: matchers)), .vector, at: start..<lastEnd)
  }

  /// Matchers between braces. After one that does not fit, reading goes on with the next one.
  @_lifetime(self: copy self)
  private mutating func matchers() throws(Abort) -> [PromQLMatcher] {
    take()
    var matchers: [PromQLMatcher] = []
    while peek() != .rightBrace {
      do throws(Abort) {
        matchers.append(try matcher())
        if peek() != .comma, peek() != .rightBrace { throw unexpected(in: .matchersEnd) }
      } catch {
        try skipMatcher(after: error)
      }
      _ = accept(.comma)
    }
    take()
    return matchers
  }

  /// Moves to the next comma, or to the closing brace.
  @_lifetime(self: copy self)
  private mutating func skipMatcher(after abort: Abort) throws(Abort) {
    while peek() != .comma, peek() != .rightBrace {
      if peek() == .endOfInput || peek() == .error { throw abort }
      take()
    }
  }

  @_lifetime(self: copy self)
  private mutating func matcher() throws(Abort) -> PromQLMatcher {
    guard peek() == .identifier || peek() == .string else { throw unexpected(in: .matcher) }
    let name = take()
    let label =
      name.kind == .string
      ? PromQLString(literal: text(of: name)) : PromQLString(String(repairing: text(of: name)))
    guard let comparison = PromQLMatcher.Operator(peek()) else {
      guard name.kind == .string else { throw unexpected(in: .matcherOperator) }
      return PromQLMatcher(
        label: PromQLString(PromQLMatcher.metricName), comparison: .equal, value: label,
        matchesEmpty: label.text.isEmpty, range: name.range)
    }
    take()
    guard peek() == .string else { throw unexpected(in: .matcherValue) }
    let literal = take()
    let value = PromQLString(literal: text(of: literal))
    let range = name.range.lowerBound..<literal.range.upperBound
    return PromQLMatcher(
      label: label, comparison: comparison, value: value, matchesEmpty: matchesEmpty(comparison, value, at: range),
      range: range)
  }

  private mutating func matchesEmpty(
    _ comparison: PromQLMatcher.Operator, _ value: PromQLString, at range: Range<Int>
  ) -> Bool {
    let isNegative = comparison == .notEqual || comparison == .matchesNot
    guard comparison.isPattern else { return value.text.isEmpty != isNegative }
    do throws(PromQLPatternError) {
      return try parser.patterns.matchesEmpty(value.bytes) != isNegative
    } catch {
      report(error.message, at: range)
      return false
    }
  }

  // MARK: - Suffixes

  /// Reads the range, the offset and so on behind an operand.
  @_lifetime(self: copy self)
  mutating func suffixes(of operand: PromQLNodeID) throws(Abort) -> PromQLNodeID {
    var operand = operand
    var subqueries = 0
    while true {
      switch peek() {
      case .leftBracket:
        operand = try brackets(after: operand)
        subqueries += 1
        for _ in 0..<subqueries { try descend() }
        for _ in 0..<subqueries { ascend() }
      case .offset: try offset(of: operand)
      case .at: try timestamp(of: operand)
      case .anchored, .smoothed: extend(operand)
      default: return operand
      }
    }
  }

  /// `[5m]` or `[1h:5m]`
  @_lifetime(self: copy self)
  private mutating func brackets(after operand: PromQLNodeID) throws(Abort) -> PromQLNodeID {
    let start = take().range.lowerBound
    let outer = context
    context = .window(in: parser.dialect)
    let window = try positiveDuration()
    let result: PromQLNodeID
    switch peek() {
    case .rightBracket:
      let end = take().range.upperBound
      result = select(window, of: operand, at: start..<end)
    case .colon:
      take()
      context = .step(in: parser.dialect)
      let step = peek() == .rightBracket ? nil : try positiveDuration()
      guard peek() == .rightBracket else { throw unexpected(in: .stepEnd) }
      let range = nodes[operand.index].range.lowerBound..<take().range.upperBound
      let subquery = PromQLSubquery(expression: operand, window: window, step: step)
      result = append(.subquery(subquery), .matrix, at: range)
    default: throw unexpected(in: .windowEnd)
    }
    context = outer
    return result
  }

  private mutating func select(_ window: PromQLSpan, of operand: PromQLNodeID, at range: Range<Int>) -> PromQLNodeID {
    guard case .selector(var selector) = nodes[operand.index].kind, selector.window == nil else {
      report("ranges only allowed for vector selectors", at: range)
      return appendPlaceholder(at: nodes[operand.index].range.lowerBound..<range.upperBound)
    }
    if selector.modifiers.hasOffset(isLate: parser.dialect.isLate) {
      report("no offset modifiers allowed before range", at: range)
    } else if selector.modifiers.hasTime(isLate: parser.dialect.isLate) {
      report("no @ modifiers allowed before range", at: range)
    }
    selector.window = window
    nodes[operand.index].kind = .selector(selector)
    nodes[operand.index].valueType = .matrix
    nodes[operand.index].range = nodes[operand.index].range.lowerBound..<range.upperBound
    return operand
  }

  @_lifetime(self: copy self)
  private mutating func offset(of operand: PromQLNodeID) throws(Abort) {
    take()
    let outer = context
    context = .offset(in: parser.dialect)
    let offset = try offsetDuration()
    context = outer
    modify(operand, "offset modifier") { modifiers in
      if modifiers.offset != nil { return "offset may not be set multiple times" }
      modifiers.offset = offset.isZero ? nil : offset
      return nil
    }
  }

  @_lifetime(self: copy self)
  private mutating func timestamp(of operand: PromQLNodeID) throws(Abort) {
    take()
    let outer = context
    context = .timestamp
    let time = try time(of: operand)
    context = outer
    modify(operand, "@ modifier") { modifiers in
      if modifiers.at != nil { return "@ <timestamp> may not be set multiple times" }
      modifiers.at = time
      return nil
    }
  }

  @_lifetime(self: copy self)
  private mutating func time(of operand: PromQLNodeID) throws(Abort) -> PromQLModifiers.Time {
    if peek() == .start || peek() == .end {
      let isStart = take().kind == .start
      try expect(.leftParenthesis)
      try expect(.rightParenthesis)
      return isStart ? .start : .end
    }
    let isNegative = peek() == .subtract
    if isNegative || peek() == .add { take() }
    guard peek() == .number || peek() == .duration else { throw unexpected() }
    let value = number(take()).value
    let seconds = isNegative ? -value : value
    guard seconds > -0x1p63, seconds < 0x1p63 else {
      report(
        "timestamp out of bounds for @ modifier: \(NumberText.whole(seconds))", at: nodes[operand.index].range)
      return .milliseconds(0)
    }
    return .milliseconds(Int64(exactly: (seconds * 1000).rounded(.toNearestOrAwayFromZero)) ?? .min)
  }

  /// Changes the modifiers of a selector or a subquery, and nothing else.
  ///
  /// - Parameter change: Says why not, if it cannot be done.
  private mutating func modify(
    _ operand: PromQLNodeID, _ modifier: String, _ change: (inout PromQLModifiers) -> String?
  ) {
    let node = nodes[operand.index]
    var message: String?
    switch node.kind {
    case .selector(var selector):
      message = change(&selector.modifiers)
      nodes[operand.index].kind = .selector(selector)
    case .subquery(var subquery):
      message = change(&subquery.modifiers)
      nodes[operand.index].kind = .subquery(subquery)
    default:
      if case .number = node.kind, node.valueType == .none { return }
      let operands = "an instant vector selector or range vector selector or a subquery"
      message = "\(modifier) must be preceded by \(operands)"
    }
    if let message {
      report(message, at: node.range)
    } else {
      nodes[operand.index].range = node.range.lowerBound..<lastEnd
    }
  }

  /// `anchored` or `smoothed`
  @_lifetime(self: copy self)
  private mutating func extend(_ operand: PromQLNodeID) {
    let extended: PromQLSelector.Extension = take().kind == .anchored ? .anchored : .smoothed
    let node = nodes[operand.index]
    guard parser.features.contains(.extendedRangeSelectors) else {
      return report("\(extended.rawValue) modifier is experimental and not enabled", at: node.range)
    }
    switch node.kind {
    case .selector(var selector):
      if let other = selector.extended, other != extended {
        return report("anchored and smoothed modifiers cannot be used together", at: node.range)
      }
      selector.extended = extended
      nodes[operand.index].kind = .selector(selector)
    case .subquery:
      report("\(extended.rawValue) modifier is not supported for subqueries", at: node.range)
    case .number where node.valueType == .none: return
    default: report("\(extended.rawValue) modifier not implemented", at: node.range)
    }
  }
}

extension PromQLMatcher.Operator {
  fileprivate init?(_ kind: PromQLTokenKind) {
    switch kind {
    case .equals: self = .equal
    case .notEqual: self = .notEqual
    case .matches: self = .matches
    case .matchesNot: self = .matchesNot
    default: return nil
    }
  }
}

extension PromQLModifiers {
  /// Whether there is an offset that may not stand before a range. Early versions looked at plain ones only.
  fileprivate func hasOffset(isLate: Bool) -> Bool {
    isLate ? offset != nil : offset?.duration != nil
  }

  /// Whether there is a time that may not stand before a range. Early versions looked at plain ones only.
  fileprivate func hasTime(isLate: Bool) -> Bool {
    guard case .milliseconds = at else { return isLate && at != nil }
    return true
  }
}

extension PromQLSpan {
  fileprivate var isZero: Bool { duration == .zero }
}
