extension PromQLGrammar {
  /// What stands between operators, without what may stand behind it.
  @_lifetime(self: copy self)
  mutating func operand() throws(Abort) -> PromQLNodeID {
    switch peek() {
    case .number, .duration:
      let token = take()
      return append(.number(number(token)), .scalar, at: token.range)
    case .string:
      let token = take()
      return append(.string(PromQLString(literal: text(of: token))), .string, at: token.range)
    case .leftParenthesis: return try parentheses()
    case .leftBrace: return try selector(named: nil)
    case let kind where kind.isMetricName: return try named()
    default: throw unexpected()
    }
  }

  @_lifetime(self: copy self)
  private mutating func parentheses() throws(Abort) -> PromQLNodeID {
    let start = take().range.lowerBound
    let inner = try node()
    let end = try expect(.rightParenthesis).range.upperBound
    return append(.parentheses(inner), nodes[inner.index].valueType, at: start..<end)
  }

  /// A function, an aggregation or a metric: what comes next decides.
  @_lifetime(self: copy self)
  private mutating func named() throws(Abort) -> PromQLNodeID {
    let name = take()
    let isCall = peek() == .leftParenthesis
    if let operation = PromQLAggregationOperator(name.kind), isCall || peek() == .by || peek() == .without {
      return try aggregation(operation, at: name.range.lowerBound)
    }
    guard isCall else { return try selector(named: name) }
    switch name.kind {
    case .identifier: return try call(name)
    case .step where !parser.dialect.isLate: return try step(name)
    case .start, .end, .step, .range, .maximumOf, .minimumOf:
      return try parser.dialect.isLate ? call(name) : selector(named: name)
    default: return try selector(named: name)
    }
  }

  /// A number or a duration as a number of seconds; 0 for what is none, which is reported.
  mutating func number(_ token: PromQLToken) -> PromQLNumber {
    guard token.kind == .duration else {
      do throws(PromQLNumberError) {
        return PromQLNumber(value: try PromQLNumberSyntax.value(of: text(of: token)), isDuration: false)
      } catch {
        report("error parsing number: \(error)", at: token.range)
        return PromQLNumber(value: 0, isDuration: false)
      }
    }
    do throws(InvalidPromDuration) {
      return PromQLNumber(value: try PromDuration(text(of: token)).seconds, isDuration: true)
    } catch {
      report(error.description, at: token.range)
      return PromQLNumber(value: 0, isDuration: true)
    }
  }

  // MARK: - Aggregations

  @_lifetime(self: copy self)
  private mutating func aggregation(
    _ operation: PromQLAggregationOperator, at start: Int
  ) throws(Abort) -> PromQLNodeID {
    let outer = context
    context = .aggregation
    var isWithout = false
    var labels: [PromQLString] = []
    let isFirst = peek() != .leftParenthesis
    if isFirst {
      isWithout = take().kind == .without
      labels = try self.labels()
    }
    let arguments = try arguments()
    if !isFirst, peek() == .by || peek() == .without {
      isWithout = take().kind == .without
      labels = try self.labels()
    }
    context = outer
    let range = start..<lastEnd
    guard let operand = operand(of: operation, among: arguments, at: range) else {
      return appendPlaceholder(at: range)
    }
    let aggregation = PromQLAggregation(
      operation: operation, parameter: operation.parameter == nil ? nil : arguments[0], operand: operand,
      isWithout: isWithout, labels: labels)
    return append(.aggregation(aggregation), .vector, at: range)
  }

  /// The vector among the arguments; `nil` where they do not fit, which is reported.
  private mutating func operand(
    of operation: PromQLAggregationOperator, among arguments: [PromQLNodeID], at range: Range<Int>
  ) -> PromQLNodeID? {
    let count = operation.parameter == nil ? 1 : 2
    if arguments.isEmpty {
      report("no arguments for aggregate expression provided", at: range)
    } else if operation.isExperimental, !parser.features.contains(.experimentalFunctions) {
      let flag = "--enable-feature=promql-experimental-functions"
      report("\(operation.rawValue)() is experimental and must be enabled with \(flag)", at: range)
    } else if arguments.count != count {
      let counts = "expected \(count), got \(arguments.count)"
      report("wrong number of arguments for aggregate expression provided, \(counts)", at: range)
    } else {
      return arguments[count - 1]
    }
    return nil
  }

  // MARK: - Calls

  @_lifetime(self: copy self)
  private mutating func call(_ name: PromQLToken) throws(Abort) -> PromQLNodeID {
    let arguments = try arguments()
    let range = name.range.lowerBound..<lastEnd
    let text = String(repairing: text(of: name))
    guard let function = parser.functions[text] else {
      report("unknown function with name \(GoQuoted.string(text))", at: name.range)
      return appendPlaceholder(at: range)
    }
    if function.isExperimental, !parser.features.contains(.experimentalFunctions) {
      report("function \(GoQuoted.string(text)) is not enabled", at: name.range)
    }
    return append(.call(PromQLCall(function: function, arguments: arguments)), function.result, at: range)
  }

  /// Arguments between parentheses.
  @_lifetime(self: copy self)
  private mutating func arguments() throws(Abort) -> [PromQLNodeID] {
    try expect(.leftParenthesis)
    if accept(.rightParenthesis) { return [] }
    var arguments = [try node()]
    while peek() == .comma {
      let comma = take()
      if peek().startsExpression {
        arguments.append(try node())
      } else {
        report("trailing commas not allowed in function call args", at: comma.range)
      }
    }
    try expect(.rightParenthesis)
    return arguments
  }

  /// Before they were functions, `step()` and arithmetic with it could stand for a number where they mean nothing.
  @_lifetime(self: copy self)
  private mutating func step(_ name: PromQLToken) throws(Abort) -> PromQLNodeID {
    let duration = try duration(from: try durationFunction(name))
    return append(duration)
  }
}
