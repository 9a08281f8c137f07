import Model
import Testing

/// What is taken, and how it is printed.
@Suite struct PromQLSyntaxTests {
  private static let parser = PromQLParser()

  /// Checks the canonical form, and that it is one.
  private static func expect(
    _ text: String, _ canonical: String?, _ location: SourceLocation = #_sourceLocation
  ) throws(PromQLErrors) {
    let printed = try parser.parse(text).canonical()
    #expect(printed == canonical ?? text, sourceLocation: location)
    #expect(try parser.parse(printed).canonical() == printed, sourceLocation: location)
  }

  @Test(arguments: [
    ("1", nil), ("0.5", nil), (".5", "0.5"), ("5.", "5"), ("5e-3", "0.005"), ("5e3", "5000"), ("0xc", "12"),
    ("0XC", "12"), ("0x_1F", "31"), ("0755", "493"), ("0779", "779"), ("08", "8"), ("1_000", "1000"), ("1_0.5", "10.5"),
    ("0x1e5", "485"), ("1E+3", "1000"), ("+5.5e-3", "0.0055"), ("-0755", "-493"), ("Inf", "+Inf"), ("-inf", "-Inf"),
    ("+INF", "+Inf"), ("NaN", nil), ("nan", "NaN"), ("1e21", "1000000000000000000000"), ("1e-7", "0.0000001"),
    ("99999999999999999999", "100000000000000000000"), ("9007199254740993", "9007199254740992"), ("0", nil),
    ("00", "0"),
    ("5m", nil), ("60s", "1m"), ("1h90m", "2h30m"), ("-5m", nil), ("0s", nil), ("1h > bool 5", nil), ("1d12h", nil),
    ("--5", "5"), ("-+5", "-5"), ("1e1_0", "10000000000"),
  ])
  func numbers(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test(arguments: [
    (#""a""#, nil), ("'a'", #""a""#), ("`a`", #""a""#), (#"'"'"#, #""\"""#), (#"'\''"#, #""'""#), (#"`\n`"#, #""\\n""#),
    ("`a\nb`", #""a\nb""#), (#""\a\b\f\n\r\t\v\\""#, nil), (#""\x41\101\u0041\U00000041""#, #""AAAA""#),
    (#""\xff""#, nil), (#""\xc3\xa9""#, #""é""#), (#""\u00e9""#, #""é""#), (#""\377a""#, #""\xffa""#), (#""""#, nil),
    (#""é☺""#, nil), (#""\u200b""#, nil), (#""\x00""#, nil), ("'#{}'", "\"#{}\""),
  ])
  func strings(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test(arguments: [
    ("foo", nil), ("foo:bar", nil), (":foo", nil), (":", nil), ("_", nil), ("foo{}", "foo"), (" foo\t{ }\r\n", "foo"),
    (#"foo{a="b"}"#, nil), ("foo{a='b',}", #"foo{a="b"}"#),
    (
      #"foo{b="1",a!="2",c=~"x",d!~"y"}"#,
      #"foo{a!="2",b="1",c=~"x",d!~"y"}"#
    ),
    (#"{a="b"}"#, nil), (#"{"foo"}"#, #"{__name__="foo"}"#), (#"{"foo bar",a="b"}"#, #"{__name__="foo bar",a="b"}"#),
    (#"{a="b","foo",c="d"}"#, #"{__name__="foo",a="b",c="d"}"#), (#"{__name__="a",__name__="b"}"#, nil),
    (#"{"a b"="c"}"#, nil), (#"{"a"="c"}"#, #"{a="c"}"#), ("{'a\\'b'!=\"\"}", #"{"a'b"!=""}"#),
    (#"foo{NaN="x",by="y",sum="z",bool=""}"#, #"foo{NaN="x",bool="",by="y",sum="z"}"#),
    ("foo{bar='}'}", #"foo{bar="}"}"#),
    (#"{a!=""}"#, nil), (#"{a=~".*",b=~"c"}"#, nil), (#"{a!~"a|"}"#, nil),
    ("foo # c\n{ # {\na='b' # }\n}", #"foo{a="b"}"#),
    (#"foo{a="b",a="b"}"#, nil), (#"{"\xff"="a"}"#, nil), (#"foo{a="\xff"}"#, nil),
  ])
  func selectors(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test(arguments: [
    "and", "or", "unless", "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk",
    "count_values", "quantile", "limitk", "limit_ratio", "offset", "by", "without", "start", "end", "step", "smoothed",
    "anchored", "SUM", "Offset", "e", "bool_", "infinity", "range", "fill", "fill_left", "max_of",
  ])
  func keywordsCanNameMetrics(name: String) throws {
    try Self.expect(name, nil)
    try Self.expect("\(name){a=\"b\"}", nil)
    try Self.expect("rate(\(name)[5m] offset 1m)", nil)
    try Self.expect("\(name) + \(name)", nil)
    try Self.expect("sum(\(name))", nil)
  }

  @Test(arguments: [
    "and", "or", "unless", "sum", "avg", "count", "min", "max", "group", "stddev", "stdvar", "topk", "bottomk", "atan2",
    "count_values", "quantile", "limitk", "limit_ratio", "offset", "by", "on", "ignoring", "group_left", "group_right",
    "bool", "start", "end", "step", "smoothed", "anchored", "le",
  ])
  func keywordsCanNameLabels(name: String) throws {
    try Self.expect("sum by (\(name)) (a)", nil)
    try Self.expect("sum without (x, \(name)) (a)", nil)
    try Self.expect("a + on (\(name)) group_left (x, \(name)2) b", nil)
    try Self.expect("a{\(name)=\"b\"}", nil)
  }

  @Test(arguments: [
    ("foo[5m]", nil), ("foo [ 5m ]", "foo[5m]"), ("foo[300]", "foo[5m]"), ("foo[0.5]", "foo[500ms]"),
    ("foo[1e-4]", "foo[0.0001]"), ("foo[0x10]", "foo[16s]"), ("foo[5m30s]", nil),
    ("foo[1y2w3d4h5m6s7ms]", "foo[382d4h5m6s7ms]"),
    ("foo[+5m]", "foo[5m]"), ("foo[4.18]", "foo[4s180ms]"), ("foo[5m] offset 1h", nil), ("foo offset -1h", nil),
    ("foo OFFSET 60", "foo offset 1m"), ("foo offset +1h", "foo offset 1h"), ("foo offset 0s", "foo"),
    ("foo offset 0s offset 5m", "foo offset 5m"), ("foo @ 10", "foo @ 10.000"), ("foo @ -1.5", "foo @ -1.500"),
    ("foo @ 3.3335", "foo @ 3.334"), ("foo @ 1m", "foo @ 60.000"), ("foo @ 0xA", "foo @ 10.000"),
    ("foo @ start( )", "foo @ start()"), ("foo @ END()", "foo @ end()"), ("foo offset 5m @ 1", "foo @ 1.000 offset 5m"),
    ("foo[5m] @ end() offset 1m", nil), ("foo[5m] offset 1m @ end()", "foo[5m] @ end() offset 1m"),
    ("foo[5m:]", nil), ("foo[5m:1m]", nil), ("foo[ 300 : 60 ]", "foo[5m:1m]"), ("(foo + bar)[5m:] offset 10m", nil),
    ("foo[1h:5m] @ start() offset -1h", nil), ("foo offset 5m[1h:]", "foo offset 5m[1h:]"), ("sum(foo)[5m:]", nil),
    ("foo @ start()[5m]", "foo[5m] @ start()"), ("foo @ start()[5m:]", nil),
    ("foo[5m # comment\n]", "foo[5m]"), ("foo[5m:1m] @ 1 offset 1m", "foo[5m:1m] @ 1.000 offset 1m"),
  ])
  func rangesAndModifiers(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test(arguments: [
    ("1 + 2 * 3 ^ 4", nil), ("-1^2", "-1 ^ 2"), ("-1^-2", "-1 ^ -2"), ("- foo", "-foo"), ("+-foo", nil),
    ("foo*-bar", "foo * -bar"), ("2 ^ 3 ^ 2", nil), ("(2 ^ 3) ^ 2", nil), ("((1))", nil), ("a-b-c", "a - b - c"),
    ("a-(b-c)", "a - (b - c)"), ("a == bool b", nil), ("a==bool on(x)b", "a == bool on (x) b"), ("1 == bool 1", nil),
    ("a + on() b", "a + on () b"), ("a + ignoring() b", "a + b"), ("a + ignoring(x) b", "a + ignoring (x) b"),
    ("a * on(x) group_left b", "a * on (x) group_left () b"),
    ("a * on(x) group_left(y,z,) b", "a * on (x) group_left (y, z) b"),
    ("a / ignoring(x) group_right(y) b", "a / ignoring (x) group_right (y) b"),
    ("a * on(x) group_left() (b)", "a * on (x) group_left () (b)"),
    ("a AND b oR c UNLESS d", "a and b or c unless d"), ("a and on(x) b", "a and on (x) b"),
    (#"a + on("x y", 'z') b"#, #"a + on ("x y", z) b"#), ("a atan2 b", nil), ("1 atan2 2", nil), ("a%b", "a % b"),
    ("a >= b < c", nil), ("a > 1 and b < 2", nil), ("1 < bool 2 - 1 * 2", nil), ("a or b and c", nil),
    ("foo offset 5m - 8", nil), ("foo offset -1 ^ 1", "foo offset -1s ^ 1"), ("foo @ 5 - 8", "foo @ 5.000 - 8"),
    ("a # comment\n+ # another\nb # last", "a + b"), ("a+\nb", "a + b"), ("-(a)", nil), ("--a", nil),
  ])
  func operators(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test(arguments: [
    ("sum(a)", nil), ("SUM(a)", "sum(a)"), ("sum by() (a)", "sum(a)"), ("sum(a) by (b)", "sum by (b) (a)"),
    ("sum without(a,)(b)", "sum without (a) (b)"), ("sum without () (b)", nil), ("topk(5, a)", nil),
    ("topk by (x) (5, a)", nil), ("bottomk(scalar(a), b) without (c)", "bottomk without (c) (scalar(a), b)"),
    (#"count_values("v", a)"#, nil), ("quantile(0.5, a)", nil),
    (#"sum by ("a b", 'c', `d`) (a)"#, #"sum by ("a b", c, d) (a)"#),
    ("sum by (a:b) (c)", #"sum by ("a:b") (c)"#), ("sum(sum)", nil), ("sum(sum(sum(a)))", nil),
    ("avg by (by) (by)", nil),
    ("time()", nil), ("rate(a[5m])", nil), ("clamp(a,1,2)", "clamp(a, 1, 2)"), ("hour()", nil), ("round(a)", nil),
    ("round(a, 5)", nil), (#"label_join(a, "b", "c")"#, nil), (#"label_join(a, "b", "c", "d", "e")"#, nil),
    ("max_over_time(rate(a[5m])[1h:5m])", nil), ("vector(1)", nil), ("scalar(vector(pi()))", nil), ("abs((a))", nil),
  ])
  func aggregationsAndCalls(text: String, canonical: String?) throws {
    try Self.expect(text, canonical)
  }

  @Test func whatIsWrittenAnotherWayIsEqual() throws {
    let one = try Self.parser.parse("sum(rate(a{b='c', d=\"e\"}[60s])) by (f)")
    let other = try Self.parser.parse("sum by(f) (rate(a{d='e',b=`c`}[1m] offset 0s)) # the same")
    #expect(one == other)
    #expect(one != (try Self.parser.parse("sum by (f) (rate(a{b='c'}[1m]))")))
    #expect(one.description == #"sum by (f) (rate(a{b="c",d="e"}[1m]))"#)
  }
}
