import Model
import Testing

/// What is said of broken expressions: the place and Prometheus' words.
///
/// Those that Prometheus 2.42 knows, too, were compared with promtool's; the others come from its grammar.
@Suite struct PromQLMessageTests {
  private static let parser = PromQLParser()

  /// Checks the first message, which is the one that Prometheus shows.
  private static func expect(_ text: String, _ message: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(parser.messages(of: text).first == message, "\(text)", sourceLocation: location)
  }

  @Test(arguments: [
    ("", "unknown position: parse error: no expression found in input"),
    (" ", "1:1: parse error: no expression found in input"),
    ("# only a comment\n", "1:1: parse error: no expression found in input"),
    ("1+", "1:3: parse error: unexpected end of input"),
    ("1 +\n", "2:1: parse error: unexpected end of input"),
    ("*1", "1:1: parse error: unexpected <op:*>"),
    ("@@", "1:1: parse error: unexpected <op:@>"),
    ("-=", #"1:2: parse error: unexpected "=""#),
    ("foo = 1", #"1:5: parse error: unexpected "=""#),
    ("++-++-+-+-<", "1:11: parse error: unexpected <op:<>"),
    ("a b", #"1:3: parse error: unexpected identifier "b""#),
    ("a b:c", #"1:3: parse error: unexpected metric identifier "b:c""#),
    ("a 1", #"1:3: parse error: unexpected number "1""#),
    ("a 5m", #"1:3: parse error: unexpected duration "5m""#),
    ("a 'b'", #"1:3: parse error: unexpected string "'b'""#),
    ("a 'bcdefghijklmn'", #"1:3: parse error: unexpected string "'bcdefghij"..."#),
    ("a 'éééééééééééé'", #"1:3: parse error: unexpected string "'ééééééééé"..."#),
    ("a abcdefghijklmnopq", #"1:3: parse error: unexpected identifier "abcdefghijklmnopq""#),
    ("a 1234567890123", #"1:3: parse error: unexpected number "1234567890"..."#),
    ("a{} (b)", #"1:5: parse error: unexpected "(""#),
    ("a {}{}", #"1:5: parse error: unexpected "{""#),
    ("a sum", "1:3: parse error: unexpected <aggr:sum>"),
    ("a SUM", "1:3: parse error: unexpected <aggr:SUM>"),
    ("a by", "1:3: parse error: unexpected <by>"),
    ("a on (b)", "1:3: parse error: unexpected <on>"),
    ("a start", #"1:3: parse error: unexpected "start""#),
    ("a ==", "1:5: parse error: unexpected end of input"),
    ("a == == b", "1:6: parse error: unexpected <op:==>"),
    ("a , b", #"1:3: parse error: unexpected ",""#),
    ("bool", "1:1: parse error: unexpected <bool>"),
    ("atan2", "1:1: parse error: unexpected <op:atan2>"),
    ("on", "1:1: parse error: unexpected <on>"),
    ("group_left", "1:1: parse error: unexpected <group_left>"),
    ("()", #"1:2: parse error: unexpected ")""#),
    ("a:b(c)", #"1:4: parse error: unexpected "(""#),
  ])
  func wordsThatDoNotFit(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    (".", "1:1: parse error: unexpected character: '.'"),
    ("a $ b", "1:3: parse error: unexpected character: '$'"),
    ("a é", "1:3: parse error: unexpected character: 'é'"),
    ("a \u{7}", #"1:3: parse error: unexpected character: '\a'"#),
    ("a \u{2028}", #"1:3: parse error: unexpected character: '\u2028'"#),
    ("}", "1:1: parse error: unexpected character: '}'"),
    ("1 =~ 1", "1:3: parse error: unexpected character after '=': '~'"),
    ("1 !~ 1", "1:3: parse error: unexpected character after '!': '~'"),
    ("1 !", "1:3: parse error: unexpected character after '!': '\u{FFFD}'"),
    ("((1)", "1:5: parse error: unclosed left parenthesis"),
    ("(", "1:2: parse error: unclosed left parenthesis"),
    ("sum(rate(up[5m", "1:15: parse error: unclosed left parenthesis"),
    ("(1))", "1:5: parse error: unexpected right parenthesis ')'"),
    (")", "1:2: parse error: unexpected right parenthesis ')'"),
    ("a]", "1:2: parse error: unexpected right bracket ']'"),
    ("a[5m", "1:5: parse error: unclosed left bracket"),
    ("a[5m[", "1:5: parse error: unexpected left bracket '['"),
    ("a[", "1:3: parse error: unexpected end of input in duration expression"),
    ("a[ ", "1:4: parse error: unexpected end of input in duration expression"),
    (#"a["5m"]"#, #"1:3: parse error: unexpected character in duration expression: '"'"#),
    ("a[x]", "1:3: parse error: unexpected character in duration expression: 'x'"),
    ("a[#\n5m]", "1:3: parse error: unexpected character in duration expression: '#'"),
    ("a[:5m]", "1:4: parse error: unexpected colon before duration in duration expression"),
    ("a[5m::]", "1:6: parse error: unexpected colon ':'"),
    ("a[5m x]", "1:6: parse error: unexpected character: 'x', expected ':'"),
    ("a[5m steps]", "1:6: parse error: unexpected character: 's', expected ':'"),
    ("a{", "1:3: parse error: unexpected end of input inside braces"),
    ("a{{", "1:3: parse error: unexpected left brace '{'"),
    ("a{1}", "1:3: parse error: unexpected character inside braces: '1'"),
    (#"a{b>="c"}"#, "1:4: parse error: unexpected character inside braces: '>'"),
    (#"a{b:c="d"}"#, "1:4: parse error: unexpected character inside braces: ':'"),
    (#"a{b!"c"}"#, #"1:4: parse error: unexpected character after '!' inside braces: '"'"#),
  ])
  func whatCannotBeRead(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    (#""a"#, "1:1: parse error: unterminated quoted string"),
    ("'a\n'", "1:1: parse error: unterminated quoted string"),
    ("`a", "1:1: parse error: unterminated raw string"),
    ("`\\``", "1:4: parse error: unterminated raw string"),
    (#""\"#, "1:1: parse error: escape sequence not terminated"),
    (#""\x4"#, "1:1: parse error: escape sequence not terminated"),
    (#""\c""#, "1:1: parse error: unknown escape sequence U+0063 'c'"),
    (#""\'""#, "1:1: parse error: unknown escape sequence U+0027 '''"),
    (#""\é""#, "1:1: parse error: unknown escape sequence U+00E9 'é'"),
    ("\"\\\n\"", "1:1: parse error: unknown escape sequence U+000A"),
    (#""\x.""#, "1:1: parse error: illegal character U+002E '.' in escape sequence"),
    (#""\08""#, "1:1: parse error: illegal character U+0038 '8' in escape sequence"),
    (#""\u12 ""#, "1:1: parse error: illegal character U+0020 ' ' in escape sequence"),
    (#""\400""#, "1:1: parse error: escape sequence is an invalid Unicode code point"),
    (#""\ud800""#, "1:1: parse error: escape sequence is an invalid Unicode code point"),
    (#""\U00110000""#, "1:1: parse error: escape sequence is an invalid Unicode code point"),
    ("'\u{FFFD}'", "1:1: parse error: invalid UTF-8 rune"),
    ("a + 'b", "1:5: parse error: unterminated quoted string"),
  ])
  func strings(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    (#"{b=~"\xff"}"#, "1:2: parse error: error parsing regexp: invalid UTF-8: `\u{FFFD}`"),
    (#"{b=~"ab\xffc"}"#, "1:2: parse error: error parsing regexp: invalid UTF-8: `\u{FFFD}c`"),
    (#"{b!~"*\377"}"#, "1:2: parse error: error parsing regexp: missing argument to repetition operator: `*`"),
    (#"{b=~"[\xe9]"}"#, "1:2: parse error: error parsing regexp: invalid UTF-8: `\u{FFFD}]`"),
  ])
  func patternsThatAreNoText(text: String, message: String) {
    #expect(PromQLParser(patterns: RE2Patterns()).messages(of: text) == [message])
  }

  @Test func bytesThatAreNoText() {
    let bytes: [UInt8] = Array("some_metric{a=\"".utf8) + [0xFF] + Array("\"}".utf8)
    let error = #expect(throws: PromQLErrors.self) { try Self.parser.parse(bytes.span) }
    #expect(error?.description == "1:15: parse error: invalid UTF-8 rune")
    let character: [UInt8] = [0x61, 0x20, 0xC3]
    let other = #expect(throws: PromQLErrors.self) { try Self.parser.parse(character.span) }
    #expect(other?.description == "1:3: parse error: unexpected character: '\u{FFFD}'")
  }

  @Test(arguments: [
    ("2.5.", #"1:1: parse error: bad number or duration syntax: "2.5.""#),
    ("1.5.5", #"1:1: parse error: bad number or duration syntax: "1.5.""#),
    ("100..4", #"1:1: parse error: bad number or duration syntax: "100..""#),
    ("0deadbeef", #"1:1: parse error: bad number or duration syntax: "0de""#),
    ("5mm", #"1:1: parse error: bad number or duration syntax: "5mm""#),
    ("5m1", #"1:1: parse error: bad number or duration syntax: "5m1""#),
    ("1__0", #"1:1: parse error: bad number or duration syntax: "1__""#),
    ("1_", #"1:1: parse error: bad number or duration syntax: "1_""#),
    ("1e", #"1:1: parse error: bad number or duration syntax: "1e""#),
    ("1e5e", #"1:1: parse error: bad number or duration syntax: "1e5e""#),
    ("0xfe", #"1:1: parse error: bad number or duration syntax: "0xfe""#),
    ("0x1.5", #"1:1: parse error: bad number or duration syntax: "0x1.""#),
    ("0b1", #"1:1: parse error: bad number or duration syntax: "0""#),
    ("1x", #"1:1: parse error: bad number or duration syntax: "1""#),
    ("0x", #"1:1: parse error: error parsing number: strconv.ParseFloat: parsing "0x": invalid syntax"#),
    ("1e +1", #"1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e": invalid syntax"#),
    (".5.5", #"1:1: parse error: error parsing number: strconv.ParseFloat: parsing ".5.5": invalid syntax"#),
    ("1e400", #"1:1: parse error: error parsing number: strconv.ParseFloat: parsing "1e400": value out of range"#),
    ("1 + 5y1hs", #"1:5: parse error: unknown unit "hs" in duration "5y1hs""#),
    ("5m1h", #"1:1: parse error: not a valid duration string: "5m1h""#),
    ("1.5h", #"1:1: parse error: unknown unit "." in duration "1.5h""#),
    ("a offset 300y", "1:10: parse error: duration out of range"),
  ])
  func numbersAndDurations(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("a{b}", #"1:4: parse error: unexpected "}" in label matching, expected label matching operator"#),
    ("a{b=c}", #"1:5: parse error: unexpected identifier "c" in label matching, expected string"#),
    ("a{b= =}", #"1:6: parse error: unexpected "=" in label matching, expected string"#),
    ("a{b=}", #"1:5: parse error: unexpected "}" in label matching, expected string"#),
    (#"a{"b"=}"#, #"1:7: parse error: unexpected "}" in label matching, expected string"#),
    (#"a{b=="c"}"#, #"1:5: parse error: unexpected "=" in label matching, expected string"#),
    ("a{,}", #"1:3: parse error: unexpected "," in label matching, expected identifier or "}""#),
    (#"a{b="c",,}"#, #"1:9: parse error: unexpected "," in label matching, expected identifier or "}""#),
    (#"a{b="c" d}"#, #"1:9: parse error: unexpected identifier "d" in label matching, expected "," or "}""#),
    (#"a{"b" "c"}"#, #"1:7: parse error: unexpected string "\"c\"" in label matching, expected "," or "}""#),
    (#"a{b=~"c" !="d"}"#, #"1:10: parse error: unexpected <op:!=> in label matching, expected "," or "}""#),
    (#"a{b=~"("}"#, "1:3: parse error: error parsing regexp: missing closing ): `(`"),
    (#"{"b"!~"*"}"#, "1:2: parse error: error parsing regexp: missing argument to repetition operator: `*`"),
    (#"{b=~"a(?!b)"}"#, "1:2: parse error: error parsing regexp: invalid or unsupported Perl syntax: `(?!`"),
    ("{}", "1:1: parse error: vector selector must contain at least one non-empty matcher"),
    (#"{x=""}"#, "1:1: parse error: vector selector must contain at least one non-empty matcher"),
    (#"{x!="a"}"#, "1:1: parse error: vector selector must contain at least one non-empty matcher"),
    (#"1 + {x=~".*"}"#, "1:5: parse error: vector selector must contain at least one non-empty matcher"),
    (#"{x=~".*",y!~"b"}"#, "1:1: parse error: vector selector must contain at least one non-empty matcher"),
    (#"rate({x=~".*"}[5m])"#, "1:6: parse error: vector selector must contain at least one non-empty matcher"),
    (#"{""}"#, "1:1: parse error: vector selector must contain at least one non-empty matcher"),
    (#"a{__name__="b"}"#, #"1:1: parse error: metric name must not be set twice: "a" or "b""#),
    (#"a{"b"}"#, #"1:1: parse error: metric name must not be set twice: "a" or "b""#),
    (#"a{__name__=~"b.*"}"#, #"1:1: parse error: metric name must not be set twice: "a" or "b.*""#),
  ])
  func matchers(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("sum by a (b)", #"1:8: parse error: unexpected identifier "a" in grouping opts, expected "(""#),
    ("sum (a) by b", #"1:12: parse error: unexpected identifier "b" in grouping opts, expected "(""#),
    ("sum by (a b) (c)", #"1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")""#),
    ("sum by (a,,) (c)", #"1:11: parse error: unexpected "," in grouping opts, expected label"#),
    ("sum by (,) (c)", #"1:9: parse error: unexpected "," in grouping opts, expected label"#),
    ("sum by (==) (c)", "1:9: parse error: unexpected <op:==> in grouping opts, expected label"),
    ("sum by (1) (c)", #"1:9: parse error: unexpected number "1" in grouping opts, expected label"#),
    ("sum by (inf) (c)", #"1:9: parse error: unexpected number "inf" in grouping opts, expected label"#),
    ("sum by (without) (c)", "1:9: parse error: unexpected <without> in grouping opts, expected label"),
    (#"sum by ("") (c)"#, #"1:9: parse error: invalid label name for grouping: """#),
    (#"sum by ("\xff") (c)"#, #"1:9: parse error: invalid label name for grouping: "\xff""#),
    ("sum by (a", "1:10: parse error: unclosed left parenthesis"),
    ("sum by (a)", "1:11: parse error: unexpected end of input in aggregation"),
    ("sum by (a) b", #"1:12: parse error: unexpected identifier "b" in aggregation"#),
    ("sum(,a)", #"1:5: parse error: unexpected "," in aggregation"#),
    ("sum(a b)", #"1:7: parse error: unexpected identifier "b" in aggregation"#),
    ("sum(rate(a b))", #"1:12: parse error: unexpected identifier "b" in aggregation"#),
    ("sum(a + )", #"1:9: parse error: unexpected ")" in aggregation"#),
    ("rate(a b)", #"1:8: parse error: unexpected identifier "b""#),
    ("sum(a) + (b c)", #"1:13: parse error: unexpected identifier "c""#),
    ("sum a by (b)", #"1:5: parse error: unexpected identifier "a""#),
    ("sum(a) b", #"1:8: parse error: unexpected identifier "b""#),
    ("sum(a) by (b) by (c)", "1:15: parse error: unexpected <by>"),
    ("sum by (b) (a) without (c)", "1:16: parse error: unexpected <without>"),
    ("sum()", "1:1: parse error: no arguments for aggregate expression provided"),
    ("sum() by (a)", "1:1: parse error: no arguments for aggregate expression provided"),
    (
      "1 + sum(a, b)",
      "1:5: parse error: wrong number of arguments for aggregate expression provided, expected 1, got 2"
    ),
    ("topk(a)", "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1"),
    (
      "topk(1, a, b)",
      "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 3"
    ),
    ("topk(a,)", "1:7: parse error: trailing commas not allowed in function call args"),
    ("topk(a, b)", "1:6: parse error: expected type scalar in aggregation parameter, got instant vector"),
    ("quantile('a', b)", "1:10: parse error: expected type scalar in aggregation parameter, got string"),
    ("count_values(5, a)", "1:14: parse error: expected type string in aggregation parameter, got scalar"),
    ("sum(1)", "1:5: parse error: expected type instant vector in aggregation expression, got scalar"),
    ("sum('a')", "1:5: parse error: expected type instant vector in aggregation expression, got string"),
    ("sum(a[5m])", "1:5: parse error: expected type instant vector in aggregation expression, got range vector"),
  ])
  func aggregations(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("foo()", #"1:1: parse error: unknown function with name "foo""#),
    ("a > Rate(b[5m])", #"1:5: parse error: unknown function with name "Rate""#),
    ("foo() $", #"1:1: parse error: unknown function with name "foo""#),
    ("sum() $", "1:7: parse error: unexpected character: '$'"),
    ("sum by (a) () $", "1:1: parse error: no arguments for aggregate expression provided"),
    ("abs(a,)", "1:6: parse error: trailing commas not allowed in function call args"),
    ("abs(,)", #"1:5: parse error: unexpected ",""#),
    ("abs(a,,b)", "1:6: parse error: trailing commas not allowed in function call args"),
    ("abs(a", "1:6: parse error: unclosed left parenthesis"),
    ("floor()", #"1:1: parse error: expected 1 argument(s) in call to "floor", got 0"#),
    ("floor(a, b)", #"1:1: parse error: expected 1 argument(s) in call to "floor", got 2"#),
    ("1 + time(a)", #"1:5: parse error: expected 0 argument(s) in call to "time", got 1"#),
    ("hour(a, b)", #"1:1: parse error: expected at most 1 argument(s) in call to "hour", got 2"#),
    ("round()", #"1:1: parse error: expected at least 1 argument(s) in call to "round", got 0"#),
    ("round(a, 1, 2)", #"1:1: parse error: expected at most 2 argument(s) in call to "round", got 3"#),
    ("label_join(a, 'b')", #"1:1: parse error: expected at least 3 argument(s) in call to "label_join", got 2"#),
    ("floor(1)", #"1:7: parse error: expected type instant vector in call to function "floor", got scalar"#),
    ("rate(a)", #"1:6: parse error: expected type range vector in call to function "rate", got instant vector"#),
    ("rate((a[5m]) + 1)", "1:6: parse error: binary expression must contain only scalar and instant vector types"),
    ("vector(a)", #"1:8: parse error: expected type scalar in call to function "vector", got instant vector"#),
    (
      "label_replace(a, 'b', 'c', 'd', 5)",
      #"1:33: parse error: expected type string in call to function "label_replace", got scalar"#
    ),
    (
      "label_join(a, 'b', 'c', 'd', 'e', 5)",
      #"1:35: parse error: expected type string in call to function "label_join", got scalar"#
    ),
    ("info(a)", #"1:1: parse error: function "info" is not enabled"#),
    ("1 + mad_over_time(a[5m])", #"1:5: parse error: function "mad_over_time" is not enabled"#),
  ])
  func calls(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("1 == 1", "1:3: parse error: comparisons between scalars must use BOOL modifier"),
    ("(1)  >= # c\n 1", "1:6: parse error: comparisons between scalars must use BOOL modifier"),
    ("a + bool b", "1:3: parse error: bool modifier can only be used on comparison operators"),
    ("a and bool b", "1:3: parse error: bool modifier can only be used on comparison operators"),
    ("1 and 1", #"1:1: parse error: set operator "and" not allowed in binary scalar expression"#),
    ("a or 1", #"1:1: parse error: set operator "or" not allowed in binary scalar expression"#),
    ("2 UNLESS a", #"1:1: parse error: set operator "unless" not allowed in binary scalar expression"#),
    ("a == on(b) 10", "1:1: parse error: vector matching only allowed between instant vectors"),
    ("1 or on(b) a", "1:1: parse error: vector matching only allowed between instant vectors"),
    ("a + group_left(b) c", "1:5: parse error: unexpected <group_left>"),
    ("a - on(b) ignoring(c) d", "1:11: parse error: unexpected <ignoring>"),
    ("a - on b", #"1:8: parse error: unexpected identifier "b" in grouping opts, expected "(""#),
    ("a - on(b) group_left", #"1:21: parse error: unexpected end of input in grouping opts, expected "(""#),
    ("a - on(b) group_left (c)", "1:25: parse error: unexpected end of input"),
    ("a - on(b) group_left == c", #"1:22: parse error: unexpected <op:==> in grouping opts, expected "(""#),
    ("a and on(b) group_left(c) d", #"1:1: parse error: no grouping allowed for "and" operation"#),
    ("a + on(b) group_left(c,b) d", #"1:3: parse error: label "b" must not occur in ON and GROUP clause at once"#),
    ("a bool b", "1:3: parse error: unexpected <bool>"),
    ("'a' + b", "1:1: parse error: binary expression must contain only scalar and instant vector types"),
    ("a + b[5m]", "1:5: parse error: binary expression must contain only scalar and instant vector types"),
    (
      "-'a'",
      #"1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got "string""#
    ),
    (
      "1 + -a[5m]",
      "1:5: parse error: unary expression only allowed on expressions of type scalar or instant vector, "
        + #"got "range vector""#
    ),
  ])
  func operators(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("a[0m]", "1:3: parse error: duration must be greater than 0"),
    ("a[0]", "1:3: parse error: duration must be greater than 0"),
    ("a[-1]", "1:3: parse error: duration must be greater than 0"),
    ("a[NaN]", "1:3: parse error: unexpected character in duration expression: 'N'"),
    ("a[5m:0s]", "1:6: parse error: duration must be greater than 0"),
    ("a[9.5e10]", "1:3: parse error: duration out of range"),
    ("a[-9.5e10]", "1:4: parse error: duration out of range"),
    ("a[5m:-9.5e10]", "1:7: parse error: duration out of range"),
    ("a[5m + 9.5e10]", "1:8: parse error: duration out of range"),
    ("a[9.5e10 / 9.5e10]", "1:3: parse error: duration out of range"),
    ("a[5m1h]", #"1:3: parse error: not a valid duration string: "5m1h""#),
    ("a[5mm]", #"1:3: parse error: bad number or duration syntax: "5mm""#),
    (
      "a[]",
      #"1:3: parse error: unexpected "]" in subquery or range selector, expected number, duration, or step()"#
    ),
    (
      "a[-]",
      #"1:4: parse error: unexpected "]" in subquery or range selector, expected number, duration, or step()"#
    ),
    (
      "a[step]",
      #"1:7: parse error: unexpected "]" in subquery or range selector, expected number, duration, or step()"#
    ),
    ("a[5m 5m]", #"1:6: parse error: unexpected duration "5m" in subquery or range, expected ":" or "]""#),
    ("a[5m 'b']", #"1:6: parse error: unexpected string "'b'" in subquery or range, expected ":" or "]""#),
    (
      "a[5m:-]",
      #"1:7: parse error: unexpected "]" in subquery selector, expected number, duration, step(), or "]""#
    ),
    ("a[5m:1m 1m]", #"1:9: parse error: unexpected duration "1m" in subquery selector, expected "]""#),
    (
      "a[5m] + b[:5m]",
      #"1:11: parse error: unexpected ":" in subquery or range selector, expected number, duration, or step()"#
    ),
    ("a[5m+1m]", "1:3: parse error: experimental duration expression is not enabled"),
    ("a[(5m)]", "1:4: parse error: experimental duration expression is not enabled"),
    ("a[5m:1m*2]", "1:6: parse error: experimental duration expression is not enabled"),
    ("sum(a)[5m]", "1:7: parse error: ranges only allowed for vector selectors"),
    ("a[5m][5m]", "1:6: parse error: ranges only allowed for vector selectors"),
    ("a offset 1m[5m]", "1:12: parse error: no offset modifiers allowed before range"),
    ("a @ 5 [5m]", "1:7: parse error: no @ modifiers allowed before range"),
    ("a[5m][5m:]", "1:1: parse error: subquery is only allowed on instant vector, got matrix instead"),
    ("1 + (2)[5m:]", "1:5: parse error: subquery is only allowed on instant vector, got scalar instead"),
  ])
  func ranges(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("a offset", "1:9: parse error: unexpected end of input in offset, expected number, duration, or step()"),
    (
      "a offset b",
      #"1:10: parse error: unexpected identifier "b" in offset, expected number, duration, or step()"#
    ),
    (
      "a offset -b",
      #"1:11: parse error: unexpected identifier "b" in offset, expected number, duration, or step()"#
    ),
    (
      "sum(a offset b)",
      #"1:14: parse error: unexpected identifier "b" in offset, expected number, duration, or step()"#
    ),
    ("a offset 1s offset 2s", "1:1: parse error: offset may not be set multiple times"),
    (
      "1 offset 1s",
      "1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector "
        + "or a subquery"
    ),
    (
      "(a) offset 1s",
      "1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector "
        + "or a subquery"
    ),
    ("a offset 9.5e10", "1:10: parse error: duration out of range"),
    ("a offset -9.5e10", "1:10: parse error: duration out of range"),
    ("a offset -(9.5e10)", "1:12: parse error: duration out of range"),
    ("a offset --9.5e10", "1:12: parse error: duration out of range"),
    ("a offset (5m)", "1:11: parse error: experimental duration expression is not enabled"),
    ("a @", "1:4: parse error: unexpected end of input in @, expected timestamp"),
    ("a @ b", #"1:5: parse error: unexpected identifier "b" in @, expected timestamp"#),
    ("a @ -", "1:6: parse error: unexpected end of input in @, expected timestamp"),
    ("a @ start", "1:10: parse error: unexpected end of input in @, expected timestamp"),
    ("a @ start(1)", #"1:11: parse error: unexpected number "1" in @, expected timestamp"#),
    ("a @ 1 @ 2", "1:1: parse error: @ <timestamp> may not be set multiple times"),
    ("a @ start() @ 2", "1:1: parse error: @ <timestamp> may not be set multiple times"),
    ("a @ +Inf", "1:1: parse error: timestamp out of bounds for @ modifier: +Inf"),
    ("b + a @ -Inf", "1:5: parse error: timestamp out of bounds for @ modifier: -Inf"),
    ("a @ NaN", "1:1: parse error: timestamp out of bounds for @ modifier: NaN"),
    (
      "a @ 9223372036854775808",
      "1:1: parse error: timestamp out of bounds for @ modifier: 9223372036854775808.000000"
    ),
    ("a @ -1e20", "1:1: parse error: timestamp out of bounds for @ modifier: -100000000000000000000.000000"),
    (
      "rate(a[5m]) @ 1",
      "1:1: parse error: @ modifier must be preceded by an instant vector selector or range vector selector "
        + "or a subquery"
    ),
    ("a smoothed", "1:1: parse error: smoothed modifier is experimental and not enabled"),
    ("1 + a[5m] anchored", "1:5: parse error: anchored modifier is experimental and not enabled"),
    (
      "limitk(2, a)",
      "1:1: parse error: limitk() is experimental and must be enabled with "
        + "--enable-feature=promql-experimental-functions"
    ),
    (
      "limit_ratio(0.5, a)",
      "1:1: parse error: limit_ratio() is experimental and must be enabled with "
        + "--enable-feature=promql-experimental-functions"
    ),
  ])
  func modifiers(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    ("a +\n\nb c", #"3:3: parse error: unexpected identifier "c""#),
    (
      "a{\n  b=\"c\",\n  d\n}", #"4:1: parse error: unexpected "}" in label matching, expected label matching operator"#
    ),
    ("éa", "1:1: parse error: unexpected character: 'é'"),
    ("'é' b", #"1:6: parse error: unexpected identifier "b""#),
    ("a\r\n+ )", "2:4: parse error: unexpected right parenthesis ')'"),
  ])
  func linesAndColumnsCountBytesFromOne(text: String, message: String) {
    Self.expect(text, message)
  }

  @Test(arguments: [
    (
      #"a{b=c, d="e", f}"#,
      [
        #"1:5: parse error: unexpected identifier "c" in label matching, expected string"#,
        #"1:16: parse error: unexpected "}" in label matching, expected label matching operator"#,
      ]
    ),
    (
      "sum by (a b) (foo())",
      [
        #"1:11: parse error: unexpected identifier "b" in grouping opts, expected "," or ")""#,
        #"1:15: parse error: unknown function with name "foo""#,
      ]
    ),
    (
      "rate(a) + abs(1) + {}",
      [
        #"1:6: parse error: expected type range vector in call to function "rate", got instant vector"#,
        #"1:15: parse error: expected type instant vector in call to function "abs", got scalar"#,
        "1:20: parse error: vector selector must contain at least one non-empty matcher",
      ]
    ),
    (
      "foo(bar()) $",
      [
        #"1:5: parse error: unknown function with name "bar""#, #"1:1: parse error: unknown function with name "foo""#,
        "1:12: parse error: unexpected character: '$'",
      ]
    ),
    (
      "a and on(b) group_left(c) d",
      [
        #"1:1: parse error: no grouping allowed for "and" operation"#,
        "1:1: parse error: set operations must always be many-to-many",
      ]
    ),
    (
      "1 or on(b) a",
      [
        "1:1: parse error: vector matching only allowed between instant vectors",
        #"1:1: parse error: set operator "or" not allowed in binary scalar expression"#,
      ]
    ),
  ])
  func severalErrorsAreToldAtOnce(text: String, messages: [String]) {
    #expect(Self.parser.messages(of: text) == messages)
  }

  @Test func anErrorSaysWhichBytesAreMeant() {
    let error = #expect(throws: PromQLErrors.self) { try Self.parser.parse("a +\n foo{b=c} + rate(d)") }
    #expect(error?.errors.first?.range == 11..<12)
    #expect(error?.errors.first?.line == 2)
    #expect(error?.errors.first?.column == 8)
    #expect(error?.errors.first?.message == #"unexpected identifier "c" in label matching, expected string"#)
    let operators = #expect(throws: PromQLErrors.self) { try Self.parser.parse("1  ==  1") }
    #expect(operators?.errors.map(\.range) == [3..<5])
  }
}
