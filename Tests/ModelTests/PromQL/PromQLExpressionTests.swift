import Model
import Testing

/// What is found in an expression.
@Suite struct PromQLExpressionTests {
  private static func parse(
    _ text: String, _ dialect: PromQLDialect = .cortex, features: PromQLFeatures? = nil
  ) throws(PromQLErrors) -> PromQLExpression {
    try PromQLParser(dialect, features: features).parse(text)
  }

  private static func selectors(of text: String) throws -> [PromQLSelector] {
    try parse(text).nodes.compactMap { if case .selector(let selector) = $0.kind { selector } else { nil } }
  }

  @Test(arguments: [
    ("1", PromQLValueType.scalar), ("'a'", .string), ("a", .vector), ("a[5m]", .matrix), ("a[5m:]", .matrix),
    ("(a[5m])", .matrix), ("-a", .vector), ("-(1)", .scalar), ("1 + 2", .scalar), ("1 + a", .vector),
    ("a + 1", .vector),
    ("a and b", .vector), ("1 == bool 2", .scalar), ("sum(a)", .vector), ("time()", .scalar), ("scalar(a)", .scalar),
    ("vector(1)", .vector), ("5m", .scalar), ("1 + 2 * 3 + time()", .scalar), ("1 + 2 * a + 3", .vector),
  ])
  func theTypeIsKnown(text: String, type: PromQLValueType) throws {
    #expect(try Self.parse(text).valueType == type)
  }

  @Test func aSelectorHasAllItsParts() throws {
    let text = #"rate(foo{a="b", "c d"!~"e|"}[5m] @ 1.5 offset -1h)"#
    let selector = try #require(try Self.selectors(of: text).first)
    #expect(selector.name == "foo")
    #expect(selector.metricName == "foo")
    #expect(selector.window?.duration == PromDuration(milliseconds: 300_000))
    #expect(selector.modifiers.offset?.duration == PromDuration(milliseconds: -3_600_000))
    #expect(selector.modifiers.at == .milliseconds(1500))
    #expect(selector.matchers.map(\.label.text) == ["a", "c d"])
    #expect(selector.matchers.map(\.comparison) == [.equal, .matchesNot])
    #expect(selector.matchers.map(\.value.text) == ["b", "e|"])
    #expect(selector.matchers.map(\.matchesEmpty) == [false, true])
    let utf8 = Array(text.utf8)
    #expect(selector.matchers.map { String(decoding: utf8[$0.range], as: UTF8.self) } == [#"a="b""#, #""c d"!~"e|""#])
  }

  @Test(arguments: [
    ("foo", "foo"), (#"{"foo bar"}"#, "foo bar"), (#"{a="b",__name__="foo"}"#, "foo"), (#"{__name__=~"foo"}"#, nil),
    (#"{a="b"}"#, nil),
  ])
  func theMetricIsKnownIfItCanBeButOne(text: String, name: String?) throws {
    #expect(try Self.selectors(of: text).map(\.metricName) == [name])
  }

  @Test func nodesKnowWhereTheyStand() throws {
    let text = #"sum by (x) (rate(foo{a="b"}[5m])) / on (x) -(bar offset 5m) > 1 # done"#
    let bytes = Array(text.utf8)
    let parts = try Self.parse(text).nodes.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(
      Set(parts) == [
        #"foo{a="b"}[5m]"#, #"rate(foo{a="b"}[5m])"#, #"sum by (x) (rate(foo{a="b"}[5m]))"#, "bar offset 5m",
        "(bar offset 5m)", "-(bar offset 5m)", #"sum by (x) (rate(foo{a="b"}[5m])) / on (x) -(bar offset 5m)"#, "1",
        #"sum by (x) (rate(foo{a="b"}[5m])) / on (x) -(bar offset 5m) > 1"#,
      ])
  }

  @Test func theTreeCanBeWalked() throws {
    let expression = try Self.parse("topk(5, rate(foo[5m])) > bool on (a) group_left (b) 2 * bar")
    guard case .binary(let comparison) = expression.root.kind else { throw Unlike(expression) }
    #expect(comparison.operation == .greater)
    #expect(comparison.operation.isComparison)
    #expect(comparison.returnsBool)
    #expect(comparison.matching.isOn)
    #expect(comparison.matching.labels == [PromQLString("a")])
    #expect(comparison.matching.group == .left)
    #expect(comparison.matching.include == [PromQLString("b")])
    guard case .aggregation(let topk) = expression[comparison.left].kind else { throw Unlike(expression) }
    #expect(topk.operation == .topk)
    guard let parameter = topk.parameter, case .number(let number) = expression[parameter].kind
    else { throw Unlike(expression) }
    #expect(number.value == 5)
    guard case .call(let call) = expression[topk.operand].kind else { throw Unlike(expression) }
    #expect(call.function.name == "rate")
    #expect(call.arguments.map { expression[$0].valueType } == [.matrix])
  }

  @Test func durationsInArithmeticAreNodes() throws {
    let expression = try Self.parse("foo[5m + 1m:step()]", features: .durationExpressions)
    guard case .subquery(let subquery) = expression.root.kind, case .computed(let window) = subquery.window,
      case .durationOperation(let operation) = expression[window].kind,
      case .binary(.add, let left, _) = operation.operation, case .number(let number) = expression[left].kind
    else { throw Unlike(expression) }
    #expect(number.value == 300)
    #expect(number.isDuration)
    #expect(subquery.window.duration == nil)
  }

  @Test func bytesThatAreNoTextAreKept() throws {
    let values = try Self.selectors(of: #"foo{a="\xff",b="\xfe",c="\u00e9"}"#)[0].matchers.map(\.value)
    #expect(values.map(\.isText) == [false, false, true])
    #expect(values.map(\.text) == ["\u{FFFD}", "\u{FFFD}", "é"])
    #expect(values[0] != values[1])
    #expect(values.map(\.quoted) == [#""\xff""#, #""\xfe""#, #""é""#])
  }

  /// An expression that is not what the test took it for.
  private struct Unlike: Error {
    let expression: PromQLExpression

    init(_ expression: PromQLExpression) {
      self.expression = expression
    }
  }
}
