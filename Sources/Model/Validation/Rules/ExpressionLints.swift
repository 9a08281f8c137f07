/// Looks for what an expression says and probably does not mean.
struct ExpressionLints {
  struct Lint {
    var check: RuleCheck
    var message: String
    var advice: String
    /// Where in the expression, in bytes.
    var offset: Int
  }

  /// Functions over counters. What they make of a gauge means nothing.
  private static let counterFunctions: Set<String> = ["rate", "irate", "increase", "xrate", "xincrease"]

  /// The endings of names that are given to what goes up and down.
  private static let gaugeEndings = [
    "_bytes_free", "_bytes_used", "_celsius", "_timestamp_seconds", "_info", "_ratio", "_percent", "_temperature",
    "_in_flight", "_current", "_inuse_bytes", "_resident_memory_bytes",
  ]

  private let expression: PromQLExpression
  private let interval: Int64?
  private let isAlert: Bool

  /// - Parameter interval: of the rule's group, in milliseconds; `nil` where it is the ruler's.
  init(_ expression: PromQLExpression, interval: Int64?, isAlert: Bool) {
    self.expression = expression
    self.interval = interval
    self.isAlert = isAlert
  }

  /// - Parameter checks: what is to be looked for.
  func findings(of checks: Set<RuleCheck>) -> [Lint] {
    var found: [Lint] = []
    if isAlert, !alertsOnSomething { found.append(withoutComparison) }
    for node in expression.nodes {
      switch node.kind {
      case .call(let call):
        found += [shortRange(call), rateOfGauge(call)].compactMap { $0 }
      case .selector(let selector):
        found += selector.matchers.compactMap(redundantAnchors)
      default: break
      }
    }
    return found.filter { checks.contains($0.check) }
  }

  // MARK: Alerts

  /// Whether the expression has a part that can be absent when all is well: a comparison, `absent`, or a set operation,
  /// whose sides are chosen by being there.
  private var alertsOnSomething: Bool {
    expression.nodes.contains { node in
      switch node.kind {
      case .binary(let binary):
        (binary.operation.isComparison && !binary.returnsBool) || binary.operation == .unless
          || binary.operation == .and
      case .call(let call): ["absent", "absent_over_time"].contains(call.function.name)
      // The series of a choice by name, such as ALERTS{alertstate="firing"}, are there or not by themselves.
      case .selector(let selector): selector.metricName == "ALERTS"
      default: false
      }
    }
  }

  private var withoutComparison: Lint {
    Lint(
      check: .alertWithoutComparison,
      message: "the alert fires for every series, since its expression compares nothing",
      advice: "compare the value, such as > 0", offset: 0)
  }

  // MARK: Ranges

  private func shortRange(_ call: PromQLCall) -> Lint? {
    guard let interval, Self.counterFunctions.contains(call.function.name), let (selector, offset) = selector(of: call),
      let window = selector.window?.duration?.milliseconds, window < 2 * interval
    else { return nil }
    return Lint(
      check: .shortRange,
      message: "\(call.function.name)() over \(PromDuration(milliseconds: window)) is shorter than twice the group's "
        + "interval of \(PromDuration(milliseconds: interval))",
      advice: "where scrapes are as far apart, it finds no two samples", offset: offset)
  }

  private func rateOfGauge(_ call: PromQLCall) -> Lint? {
    guard Self.counterFunctions.contains(call.function.name), let (selector, offset) = selector(of: call),
      let name = selector.metricName, let ending = Self.gaugeEndings.first(where: name.hasSuffix)
    else { return nil }
    return Lint(
      check: .rateOfGauge, message: "\(call.function.name)() of \(name), which by its ending \(ending) is no counter",
      advice: "use deriv() or delta()", offset: offset)
  }

  /// The range vector that a function is called with, where it is one of stored series.
  private func selector(of call: PromQLCall) -> (PromQLSelector, Int)? {
    guard let argument = call.arguments.first else { return nil }
    let node = expression[argument]
    guard case .selector(let selector) = node.kind else { return nil }
    return (selector, node.range.lowerBound)
  }

  // MARK: Matchers

  private func redundantAnchors(_ matcher: PromQLMatcher) -> Lint? {
    guard matcher.comparison.isPattern, let facts = try? RE2Syntax.check(matcher.value.text), facts.hasRedundantAnchors
    else { return nil }
    return Lint(
      check: .redundantAnchors,
      message: "the pattern \(GoQuoted.string(matcher.value.text)) has anchors, and is anchored anyway",
      advice: "leave ^ and $ out", offset: matcher.range.lowerBound)
  }
}
