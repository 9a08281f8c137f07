/// Prints an expression in its canonical form.
///
/// Source: Prometheus `promql/parser/printer.go`. Lengths of time that are no whole milliseconds, of which Prometheus
/// prints another number, are printed as seconds here, and signs before `^` are not printed: what is printed can be read
/// again, and is the same.
struct PromQLPrinter {
  private let expression: PromQLExpression
  private var text = ""

  init(_ expression: PromQLExpression) {
    self.expression = expression
  }

  mutating func print() -> String {
    print(expression.root)
    return text
  }

  private mutating func print(_ id: PromQLNodeID) {
    print(expression[id])
  }

  /// Prints a node. A row of operators leans to the left: it is walked down without recursion.
  private mutating func print(_ node: PromQLNode) {
    var node = node
    var row: [PromQLNode] = []
    while let left = left(of: node) {
      row.append(node)
      if case .durationOperation(let operation) = node.kind, operation.isInParentheses { text += "(" }
      node = expression[left]
    }
    if let power = row.last, Self.isPower(power), case .number(let number) = node.kind {
      printBase(number)
    } else {
      printOperand(node)
    }
    for node in row.reversed() { printRest(node) }
  }

  private static func isPower(_ node: PromQLNode) -> Bool {
    switch node.kind {
    case .binary(let binary): return binary.operation == .power
    case .durationOperation(let operation):
      guard case .binary(.power, _, _) = operation.operation else { return false }
      return true
    default: return false
    }
  }

  /// Prints a number before `^`, where a sign would be one of the power. Prometheus prints it all the same.
  private mutating func printBase(_ number: PromQLNumber) {
    if number.value == .infinity {
      text += "Inf"
    } else if number.value < 0 {
      text += "("
      print(number)
      text += ")"
    } else {
      print(number)
    }
  }

  private func left(of node: PromQLNode) -> PromQLNodeID? {
    switch node.kind {
    case .binary(let binary): return binary.left
    case .durationOperation(let operation):
      guard case .binary(_, let left, _) = operation.operation else { return nil }
      return left
    default: return nil
    }
  }

  /// Prints an operator and its right operand.
  private mutating func printRest(_ node: PromQLNode) {
    switch node.kind {
    case .binary(let binary):
      text += " \(binary.operation.rawValue)\(binary.returnsBool ? " bool" : "")"
      print(binary.matching)
      text += " "
      print(binary.right)
    case .durationOperation(let operation):
      guard case .binary(let binary, _, let right) = operation.operation else { return }
      text += " \(binary.rawValue) "
      print(right)
      if operation.isInParentheses { text += ")" }
    default: return
    }
  }

  private mutating func printOperand(_ node: PromQLNode) {
    switch node.kind {
    case .binary: return
    case .number(let number): print(number)
    case .string(let string): text += string.quoted
    case .selector(let selector): print(selector)
    case .subquery(let subquery): print(subquery)
    case .parentheses(let inner):
      text += "("
      print(inner)
      text += ")"
    case .sign(let sign):
      text += sign.isNegative ? "-" : "+"
      print(sign.operand)
    case .aggregation(let aggregation): print(aggregation)
    case .call(let call):
      text += call.function.name
      printArguments(call.arguments)
    case .durationOperation(let operation): print(operation)
    }
  }

  private mutating func print(_ number: PromQLNumber) {
    guard number.isDuration else {
      text += NumberText.plain(number.value)
      return
    }
    let nanoseconds = (number.value * 1e9).rounded(.toNearestOrAwayFromZero)
    print(PromDuration(nanoseconds: Int64(exactly: nanoseconds) ?? .max))
  }

  private mutating func printArguments(_ arguments: [PromQLNodeID]) {
    text += "("
    for (index, argument) in arguments.enumerated() {
      if index > 0 { text += ", " }
      print(argument)
    }
    text += ")"
  }

  private mutating func print(_ aggregation: PromQLAggregation) {
    text += aggregation.operation.rawValue
    if aggregation.isWithout || !aggregation.labels.isEmpty {
      text += aggregation.isWithout ? " without " : " by "
      print(aggregation.labels)
      text += " "
    }
    printArguments([aggregation.parameter, aggregation.operand].compactMap(\.self))
  }

  // MARK: - Matching

  private mutating func print(_ matching: PromQLMatching) {
    if matching.isOn || !matching.labels.isEmpty || matching.group != nil {
      text += matching.isOn ? " on " : " ignoring "
      print(matching.labels)
    }
    if let group = matching.group {
      text += " group_\(group.rawValue) "
      print(matching.include)
    }
    if let left = matching.fillLeft, left == matching.fillRight {
      text += " fill (\(NumberText.plain(left)))"
      return
    }
    if let left = matching.fillLeft { text += " fill_left (\(NumberText.plain(left)))" }
    if let right = matching.fillRight { text += " fill_right (\(NumberText.plain(right)))" }
  }

  private mutating func print(_ labels: [PromQLString]) {
    text += "(\(labels.map(Self.name).joined(separator: ", ")))"
  }

  /// A label's name, in quotes where it needs some.
  private static func name(_ label: PromQLString) -> String {
    let bytes = label.text.utf8
    let isPlain = bytes.first.map(PromQLLexer.isLetter) ?? false && bytes.allSatisfy(PromQLLexer.isAlphanumeric)
    return isPlain ? label.text : label.quoted
  }

  // MARK: - Selectors

  private mutating func print(_ selector: PromQLSelector) {
    text += selector.name ?? ""
    let matchers = selector.matchers.map { Self.name($0.label) + $0.comparison.rawValue + $0.value.quoted }
    if !matchers.isEmpty || selector.name == nil { text += "{\(matchers.sorted().joined(separator: ","))}" }
    if let window = selector.window {
      text += "["
      print(window)
      text += "]"
      if let extended = selector.extended { text += " \(extended.rawValue)" }
      print(selector.modifiers, extended: nil)
    } else {
      print(selector.modifiers, extended: selector.extended)
    }
  }

  private mutating func print(_ subquery: PromQLSubquery) {
    print(subquery.expression)
    text += "["
    print(subquery.window)
    text += ":"
    if let step = subquery.step { print(step) }
    text += "]"
    print(subquery.modifiers, extended: nil)
  }

  private mutating func print(_ modifiers: PromQLModifiers, extended: PromQLSelector.Extension?) {
    switch modifiers.at {
    case nil: break
    case .start: text += " @ start()"
    case .end: text += " @ end()"
    case .milliseconds(let milliseconds):
      let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
      text += " @ \(milliseconds < 0 ? "-" : "")\(seconds).\(String(rest + 1000).dropFirst())"
    }
    if let extended { text += " \(extended.rawValue)" }
    if let offset = modifiers.offset {
      text += " offset "
      print(offset)
    }
  }

  // MARK: - Durations

  private mutating func print(_ span: PromQLSpan) {
    switch span {
    case .fixed(let duration): print(duration)
    case .computed(let node): print(node)
    }
  }

  private mutating func print(_ duration: PromDuration) {
    text += duration.nanoseconds % 1_000_000 == 0 ? duration.description : NumberText.plain(duration.seconds)
  }

  private mutating func print(_ operation: PromQLDurationOperation) {
    if operation.isInParentheses { text += "(" }
    switch operation.operation {
    case .step: text += "step()"
    case .range: text += "range()"
    case .minimum(let left, let right): printFunction("min", left, right)
    case .maximum(let left, let right): printFunction("max", left, right)
    case .negated(let operand):
      text += "-"
      print(operand)
    case .binary: break
    }
    if operation.isInParentheses { text += ")" }
  }

  private mutating func printFunction(_ name: String, _ left: PromQLNodeID, _ right: PromQLNodeID) {
    text += "\(name)\(expression.dialect.isLate ? "_of" : "")"
    printArguments([left, right])
  }
}
