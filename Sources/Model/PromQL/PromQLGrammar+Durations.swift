extension PromQLGrammar {
  /// A duration: a number that is not in the tree, or arithmetic, which is.
  enum Duration {
    case literal(PromQLNumber, at: Range<Int>)
    case operation(PromQLNodeID, at: Range<Int>)

    /// What stands for a duration that is broken. Prometheus does not say where it is.
    static var nothing: Duration { .literal(PromQLNumber(value: 0, isDuration: false), at: 0..<0) }

    var range: Range<Int> {
      switch self {
      case .literal(_, let range), .operation(_, let range): range
      }
    }

    /// The bytes from a place to the end of the duration. One that is broken stands before everything.
    func range(from start: Int) -> Range<Int> { start..<max(start, range.upperBound) }

    var isZero: Bool {
      guard case .literal(let number, _) = self else { return false }
      return number.value == 0
    }

    /// The duration as it is kept in a node.
    var span: PromQLSpan {
      switch self {
      case .literal(let number, _):
        let nanoseconds = (number.value * 1e9).rounded(.toNearestOrAwayFromZero)
        return .fixed(PromDuration(nanoseconds: Int64(exactly: nanoseconds) ?? (nanoseconds < 0 ? .min : .max)))
      case .operation(let node, _): return .computed(node)
      }
    }
  }

  /// Nothing is longer, in seconds: 2^63 nanoseconds.
  private static var longest: Double { 0x1p63 / 1e9 }

  /// A duration that has to be longer than nothing.
  @_lifetime(self: copy self)
  mutating func positiveDuration() throws(Abort) -> PromQLSpan {
    let duration = try duration()
    if case .literal(let number, let range) = duration, !(number.value > 0) {
      report("duration must be greater than 0", at: range)
    }
    return duration.span
  }

  /// A duration behind `offset`, where a number ends it: the rest of `foo offset 5m + 1` is a sum of vectors.
  @_lifetime(self: copy self)
  mutating func offsetDuration() throws(Abort) -> PromQLSpan {
    let sign = peek() == .add || peek() == .subtract ? take() : nil
    switch peek() {
    case .leftParenthesis where sign == nil: return try duration().span
    case .add where sign != nil, .subtract where sign != nil:
      let operand = try duration(above: PromQLBinaryOperator.multiply.precedence)
      return try duration(from: signed(operand, by: sign)).span
    case .number, .duration:
      let token = take()
      let literal = Duration.literal(number(token), at: token.range)
      guard let sign else { return checked(literal).span }
      return signed(literal, by: sign).span
    case .step, .range, .min, .max, .maximumOf, .minimumOf, .leftParenthesis:
      return signed(try simpleDuration(), by: sign).span
    default: throw unexpected()
    }
  }

  /// Durations with operators between them.
  @_lifetime(self: copy self)
  private mutating func duration(above precedence: Int = 0) throws(Abort) -> Duration {
    try descend()
    let duration = try duration(from: try signedDuration(), above: precedence)
    ascend()
    return duration
  }

  /// Reads on behind a duration.
  @_lifetime(self: copy self)
  mutating func duration(from first: Duration, above precedence: Int = 0) throws(Abort) -> Duration {
    var left = first
    while let operation = PromQLBinaryOperator(peek()), operation.isArithmetic, operation.precedence > precedence {
      let token = take()
      let binding = operation.isRightAssociative ? operation.precedence - 1 : operation.precedence
      let right = try duration(above: binding)
      left = combine(operation, left, right, at: token)
    }
    return left
  }

  private mutating func combine(
    _ operation: PromQLBinaryOperator, _ left: Duration, _ right: Duration, at token: PromQLToken
  ) -> Duration {
    expectArithmetic(at: left.range)
    if right.isZero, operation == .divide || operation == .modulo {
      report("\(operation == .divide ? "division" : "modulo") by zero", at: token.range)
    }
    let range = right.range(from: left.range.lowerBound)
    return append(.binary(operation, append(left), append(right)), at: range)
  }

  @_lifetime(self: copy self)
  private mutating func signedDuration() throws(Abort) -> Duration {
    guard peek() == .add || peek() == .subtract else { return try simpleDuration() }
    let sign = take()
    return signed(try duration(above: PromQLBinaryOperator.multiply.precedence), by: sign)
  }

  private mutating func signed(_ duration: Duration, by sign: PromQLToken?) -> Duration {
    guard let sign else { return duration }
    let range = duration.range(from: sign.range.lowerBound)
    switch duration {
    case .literal(var number, _):
      if sign.kind == .subtract { number.value.negate() }
      return isTooLong(number, at: sign.range) ? .nothing : .literal(number, at: range)
    case .operation(let node, _):
      return sign.kind == .subtract ? append(.negated(node), at: range) : duration
    }
  }

  @_lifetime(self: copy self)
  private mutating func simpleDuration() throws(Abort) -> Duration {
    switch peek() {
    case .number, .duration:
      let token = take()
      return checked(.literal(number(token), at: token.range))
    case .step, .range, .maximumOf, .minimumOf, .max, .min: return try durationFunction(take())
    case .leftParenthesis:
      let start = take().range.lowerBound
      let inner = try duration()
      let end = try expect(.rightParenthesis).range.upperBound
      expectArithmetic(at: inner.range)
      return inParentheses(inner, at: start..<end)
    default: throw unexpected()
    }
  }

  /// `step()`, `max(5m, step())` and so on.
  ///
  /// - Parameter name: The function's name, which has been read.
  @_lifetime(self: copy self)
  mutating func durationFunction(_ name: PromQLToken) throws(Abort) -> Duration {
    try expect(.leftParenthesis)
    var operation = PromQLDurationOperation.Operation.step
    switch name.kind {
    case .step: break
    case .range: operation = .range
    default:
      let first = append(try duration())
      try expect(.comma)
      let second = append(try duration())
      operation =
        name.kind == .max || name.kind == .maximumOf ? .maximum(first, second) : .minimum(first, second)
    }
    let range = name.range.lowerBound..<(try expect(.rightParenthesis).range.upperBound)
    if parser.dialect.isLate { expectArithmetic(at: range) }
    return append(operation, at: range)
  }

  private mutating func checked(_ duration: Duration) -> Duration {
    guard case .literal(let number, let range) = duration, isTooLong(number, at: range) else { return duration }
    return .nothing
  }

  /// Whether there are not enough nanoseconds for a number of seconds, which is reported.
  private mutating func isTooLong(_ number: PromQLNumber, at range: Range<Int>) -> Bool {
    guard number.value > Self.longest || number.value < -Self.longest else { return false }
    report("duration out of range", at: range)
    return true
  }

  private mutating func expectArithmetic(at range: Range<Int>) {
    if !parser.features.contains(.durationExpressions) {
      report("experimental duration expression is not enabled", at: range)
    }
  }

  /// Parentheses around a number leave no trace.
  private mutating func inParentheses(_ duration: Duration, at range: Range<Int>) -> Duration {
    switch duration {
    case .literal(let number, let inner): return .literal(number, at: inner)
    case .operation(let node, _):
      if case .durationOperation(var operation) = nodes[node.index].kind {
        operation.isInParentheses = true
        nodes[node.index].kind = .durationOperation(operation)
        nodes[node.index].range = range
      }
      return .operation(node, at: range)
    }
  }

  private mutating func append(_ operation: PromQLDurationOperation.Operation, at range: Range<Int>) -> Duration {
    .operation(append(.durationOperation(PromQLDurationOperation(operation: operation)), .scalar, at: range), at: range)
  }

  mutating func append(_ duration: Duration) -> PromQLNodeID {
    switch duration {
    case .literal(let number, let range): append(.number(number), .scalar, at: range)
    case .operation(let node, _): node
    }
  }
}

extension PromQLBinaryOperator {
  /// Whether durations may be computed with it.
  fileprivate var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo, .power: true
    default: false
    }
  }
}
