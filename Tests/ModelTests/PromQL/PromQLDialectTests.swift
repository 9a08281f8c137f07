import Model
import Testing

/// Where the dialects differ, and what can be switched on.
@Suite struct PromQLDialectTests {
  /// What is said of a text in Cortex 1.21, in Mimir and in Prometheus 3; `nil` is nothing.
  @Test(arguments: [
    (
      "xrate(a[5m])", nil, #"1:1: parse error: unknown function with name "xrate""#,
      #"1:1: parse error: unknown function with name "xrate""#
    ),
    ("holt_winters(a[5m], 0.1, 0.2)", nil, nil, #"1:1: parse error: unknown function with name "holt_winters""#),
    ("first_over_time(a[5m])", #"1:1: parse error: function "first_over_time" is not enabled"#, nil, nil),
    (
      "mad_over_time(a[5m])", #"1:1: parse error: function "mad_over_time" is not enabled"#, nil,
      #"1:1: parse error: function "mad_over_time" is not enabled"#
    ),
    (
      "limitk(1, a)",
      "1:1: parse error: limitk() is experimental and must be enabled with "
        + "--enable-feature=promql-experimental-functions", nil,
      "1:1: parse error: limitk() is experimental and must be enabled with "
        + "--enable-feature=promql-experimental-functions"
    ),
    ("start()", #"1:6: parse error: unexpected "(""#, nil, #"1:1: parse error: function "start" is not enabled"#),
    (
      "range()", #"1:1: parse error: unknown function with name "range""#, nil,
      #"1:1: parse error: function "range" is not enabled"#
    ),
    (
      "max_of(1, 2)", #"1:1: parse error: unknown function with name "max_of""#, nil,
      #"1:1: parse error: function "max_of" is not enabled"#
    ),
    (
      "step()", "1:1: parse error: unknown node type: *parser.DurationExpr", nil,
      #"1:1: parse error: function "step" is not enabled"#
    ),
    (
      "1 + step()", "1:5: parse error: unknown node type: *parser.DurationExpr", nil,
      #"1:5: parse error: function "step" is not enabled"#
    ),
    (
      "step() + 1", "1:1: parse error: experimental duration expression is not enabled", nil,
      #"1:1: parse error: function "step" is not enabled"#
    ),
    ("a[step()]", nil, nil, "1:3: parse error: experimental duration expression is not enabled"),
    ("a offset -step()", nil, nil, "1:11: parse error: experimental duration expression is not enabled"),
    (
      "a[max(5m, step())]", nil, "1:3: parse error: unexpected character in duration expression: 'm'",
      "1:3: parse error: unexpected character in duration expression: 'm'"
    ),
    (
      "a[max_of(5m, 1m)]", "1:3: parse error: unexpected character in duration expression: 'm'", nil,
      "1:3: parse error: experimental duration expression is not enabled"
    ),
    (
      "a[range()]", "1:3: parse error: unexpected character in duration expression: 'r'", nil,
      "1:3: parse error: experimental duration expression is not enabled"
    ),
    (
      "a[5m + 1m]", "1:3: parse error: experimental duration expression is not enabled", nil,
      "1:3: parse error: experimental duration expression is not enabled"
    ),
    (
      "a[]", #"1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, or step()"#,
      #"1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#,
      #"1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, step(), or range()"#
    ),
    (
      "a offset", "1:9: parse error: unexpected end of input in offset, expected number, duration, or step()",
      "1:9: parse error: unexpected end of input in offset, expected number, duration, step(), or range()",
      "1:9: parse error: unexpected end of input in offset, expected number, duration, step(), or range()"
    ),
    (
      "a[5m:x]", "1:6: parse error: unexpected character: 'x', expected ':'",
      "1:6: parse error: unexpected character: 'x', expected ':'",
      "1:6: parse error: unexpected character: 'x', expected ':'"
    ),
    (
      "a anchored", "1:1: parse error: anchored modifier is experimental and not enabled", nil,
      "1:1: parse error: anchored modifier is experimental and not enabled"
    ),
    (
      "a + fill(0) b", #"1:5: parse error: unknown function with name "fill""#,
      "1:1: parse error: binop fill modifiers are experimental and not enabled",
      "1:1: parse error: binop fill modifiers are experimental and not enabled"
    ),
    ("fill + fill", nil, nil, nil),
    ("a </ 5", "1:4: parse error: unexpected <op:/>", nil, nil),
    ("a >/ 5", "1:4: parse error: unexpected <op:/>", nil, nil),
    (
      "a @ start() [5m]", nil, "1:13: parse error: no @ modifiers allowed before range",
      "1:13: parse error: no @ modifiers allowed before range"
    ),
    (
      "a offset step()[5m]", nil, "1:16: parse error: no offset modifiers allowed before range",
      "1:10: parse error: experimental duration expression is not enabled"
    ),
  ])
  func dialectsDiffer(text: String, cortex: String?, mimir: String?, prometheus: String?) {
    #expect(PromQLParser(.cortex).messages(of: text).first == cortex, "\(text)")
    #expect(PromQLParser(.mimir).messages(of: text).first == mimir, "\(text)")
    #expect(PromQLParser(.prometheus).messages(of: text).first == prometheus, "\(text)")
  }

  @Test func theyAreCalledAsOnTheCommandLine() {
    #expect(PromQLDialect.allCases.map(\.rawValue) == ["cortex-1.21", "mimir", "prometheus-3"])
    #expect(PromQLParser().dialect == .cortex)
  }

  private static let everything: PromQLFeatures = [
    .experimentalFunctions, .durationExpressions, .extendedRangeSelectors, .fillModifiers,
  ]

  @Test(arguments: [
    ("foo[11s+10s-5*2^2]", "foo[11s + 10s - 5 * 2 ^ 2]"), ("foo[-(10s-5s)+20s]", "foo[-(10s - 5s) + 20s]"),
    ("foo[-10s+15s]", "foo[-10s + 15s]"), ("foo[  -  step  (  )  ]", "foo[-step()]"),
    ("foo[step()/2]", "foo[step() / 2]"),
    ("foo offset step()", nil), ("foo offset -step()", nil), ("foo[max_of(step(),5s)]", "foo[max_of(step(), 5s)]"),
    ("foo offset -min_of(5s,step()+8s)", "foo offset -min_of(5s, step() + 8s)"), ("foo[range()]", nil),
    ("foo[2m/range()]", "foo[2m / range()]"), ("foo[4s+4s:1s*2] offset (5s-8)", "foo[4s + 4s:1s * 2] offset (5s - 8)"),
    ("foo offset 5s-8", "foo offset 5s - 8"), ("foo offset -1^1", "foo offset -1s ^ 1"),
    ("foo offset -(1^2)", "foo offset -(1 ^ 2)"),
    ("foo offset (-1^2)", "foo offset (-1 ^ 2)"), ("foo[-2^2]", "foo[-2 ^ 2]"), ("foo[0+-2^2]", "foo[0 + -2 ^ 2]"),
    ("foo[(5s)]", "foo[5s]"), ("foo offset (5m) ", "foo offset 5m"), ("foo[(-2)^2]", "foo[(-2) ^ 2]"),
    ("foo[5m%2]", "foo[5m % 2]"), ("foo[((1+2)*3)^2]", "foo[((1 + 2) * 3) ^ 2]"), ("foo offset --5m", "foo offset 5m"),
    ("foo[5m] smoothed", nil), ("foo anchored offset 5m", nil), ("foo offset 5m anchored", "foo anchored offset 5m"),
    ("foo[5m] anchored @ 1", "foo[5m] anchored @ 1.000"), ("foo anchored anchored", "foo anchored"),
    ("a + fill (0) b", nil),
    (
      "a + on(x) group_left fill_left(1) fill_right(-2) b",
      "a + on (x) group_left () fill_left (1) fill_right (-2) b"
    ),
    (
      "a + fill_right(+1)fill_left(2) b",
      "a + fill_left (2) fill_right (1) b"
    ), ("a + fill_left (5m) b", "a + fill_left (300) b"),
    ("max_of(1, step()) + start()", nil), ("end() - start() > bool range()", nil), ("info(a, {b=\"c\"})", nil),
    ("info(a, {b=~\".*\"})", nil), ("limitk by (a) (1, b)", nil), ("limit_ratio(-0.5, b)", nil), ("a </ 5 >/ b", nil),
  ])
  func whatIsSwitchedOnIsTaken(text: String, canonical: String?) throws {
    let parser = PromQLParser(.prometheus, features: Self.everything)
    let printed = try parser.parse(text).canonical()
    #expect(printed == canonical ?? text)
    #expect(try parser.parse(printed).canonical() == printed)
  }

  @Test(arguments: [
    ("foo[step()/0d]", "1:11: parse error: division by zero"), ("foo[5s%0d]", "1:7: parse error: modulo by zero"),
    ("foo offset (4d/0)", "1:15: parse error: division by zero"),
    ("foo[5m", "1:7: parse error: unclosed left bracket"),
    (
      "foo[max_of(5m)]",
      #"1:14: parse error: unexpected ")" in subquery or range selector, expected number, duration, step(), or range()"#
    ),
    ("foo anchored smoothed", "1:1: parse error: anchored and smoothed modifiers cannot be used together"),
    ("foo[5m:] smoothed", "1:1: parse error: smoothed modifier is not supported for subqueries"),
    ("sum(foo) anchored", "1:1: parse error: anchored modifier not implemented"),
    ("1[5m] smoothed", "1:2: parse error: ranges only allowed for vector selectors"),
    ("1 + fill(0) a", "1:1: parse error: filling in missing series only allowed between instant vectors"),
    ("a and fill(0) b", "1:1: parse error: filling in missing series not allowed for set operators"),
    ("a + fill(b) c", #"1:10: parse error: unexpected identifier "b""#),
    ("a + fill(0 c", #"1:12: parse error: unexpected identifier "c""#),
    ("info(a, b)", "1:9: parse error: expected label selectors only, got vector selector instead"),
    ("info(a, sum(b))", "1:9: parse error: expected label selectors only"),
    ("info(a, 1)", #"1:1: parse error: expected type instant vector in call to function "info", got scalar"#),
    ("info(a, {b=\"c\"} == 1)", "1:9: parse error: expected label selectors only"),
  ])
  func whatIsSwitchedOnIsChecked(text: String, message: String) {
    let parser = PromQLParser(.prometheus, features: Self.everything)
    #expect(parser.messages(of: text).first == message, "\(text)")
  }

  @Test func cortexCanHaveItsExperimentsSwitchedOn() throws {
    let parser = PromQLParser(.cortex, features: Self.everything)
    #expect(try parser.parse("a[max(5m, step() * 2)]").canonical() == "a[max(5m, step() * 2)]")
    #expect(try parser.parse("first_over_time(a[min(5m, 1m)])").canonical() == "first_over_time(a[min(5m, 1m)])")
  }
}
