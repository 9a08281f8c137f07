import Model
import TestSupport
import Testing

/// The templates of alerts: every construct of `text/template`, every error of its parser.
@Suite struct AlertTemplateTests {
  // MARK: Syntax

  @Test(arguments: [
    // Text and comments.
    "", "plain", "{", "}}", "{ {", " \t\n", "{{/*\n\n*/}}", "{{- /* hi */ -}}", "a{{/* }} */}}b", "x\n{{-\n/*\n*/\n-}}",
    // What Prometheus defines.
    "{{ $labels.instance }}", "{{$value}}", "{{ $externalLabels.cluster }}", "{{$externalURL}}", "{{ .Labels.job }}",
    "{{ .Value }}", "{{ .ExternalLabels }}{{ .ExternalURL }}", "{{ $.Labels.job }}", "{{.Labels.job.x}}", "{{$}}",
    "{{.}}",
    // Pipelines and functions.
    "{{ $value | humanize }}", "{{ humanizePercentage $value }}", "{{ printf `%.2f` $value }}", "{{ .X|.Y }}",
    "{{ .X | }}",
    #"{{ query "up" | first | value | humanize1024 }}"#, "{{ .X (.Y .Z) (.A | .B .C) (.E) }}", "{{ (.Y .Z).Field }}",
    #"{{ with query "up" }}{{ . | first | value }}{{ end }}"#, "{{ printf \"%d\" 1 2 }}", "{{ now | toTime }}",
    #"{{ if and (eq .Labels.a "b") (not .X) (or 1 0) }}y{{ end }}"#, #"{{ index $labels "a-b" }}"#, "{{ (1) }}",
    "{{ len (slice .X 1 2) }}{{ call .F 1 }}{{ html .X }}{{ js .X }}{{ print .X }}{{ println }}{{ urlquery .X }}",
    "{{ ne 1 2 }}{{ lt 1 2 }}{{ le 1 2 }}{{ gt 1 2 }}{{ ge 1 2 }}", "{{\n\"x\"\n|\nprintf\n}}", "{{ printf.x }}",
    // Variables.
    "{{$x := 1}}{{$x}}", "{{ $x \n := \n 1 \n }}", "{{ $x = 2 }}{{ $x }}", "{{$x:=.}}{{$x +2}}",
    "{{ ($y := 1) }}{{ $y }}",
    "{{with $x := 3}}{{$x 23}}{{end}}", "{{if true}}{{$x := 1}}{{else}}{{$x}}{{end}}", "{{ $é := 1 }}{{ $é }}",
    // Blocks.
    "{{if .X}}a{{end}}", "{{if .X}}a{{else}}b{{end}}", "{{if .X}}a{{else if .Y}}b{{else if .Z}}c{{else}}d{{end}}",
    "{{with .X}}a{{else}}b{{end}}", "{{with .X}}a{{else with .Y}}b{{end}}", "{{range .X}}a{{else}}b{{end}}",
    "{{range $x := .X}}{{$x}}{{end}}", "{{range $k, $v := .X}}{{$k}}{{$v}}{{end}}", "{{range $k, $v = .X}}{{end}}",
    "{{range .X}}{{break}}{{ continue }}{{end}}", "{{range .X}}{{if .Y}}{{break}}{{end}}{{end}}",
    "{{define `t`}}{{.X}}{{end}}{{template \"t\"}}", "{{template \"t\" .X | printf}}", "{{block \"t\" .}}a{{end}}",
    "{{define `t`}}{{end}}{{define `t`}}a{{end}}{{define `t`}} \n{{end}}", "{{ template `nowhere` }}",
    // Trimming.
    "x \r\n\t{{- 3}}", "{{3 -}}\n\n\ty", "x\n{{-  3   -}}\ny", "{{- -3 -}}", "{{if .X -}} a {{- end}}",
    // Literals.
    "{{true}}{{false}}", "{{0}}{{-1}}{{+1}}{{1_000}}{{0x1F}}{{0b10}}{{0o17}}{{017}}{{0X_1p4}}",
    "{{1.5}}{{.5}}{{5.}}{{1e3}}",
    "{{1e-3}}{{1E+3}}{{073i}}{{4i}}{{-1.2+4.2i}}{{18446744073709551615}}{{-9223372036854775808}}",
    #"{{'a'}}{{'\n'}}{{'\''}}{{'\\'}}{{'\x41'}}{{'\101'}}{{'é'}}{{'\u00e9'}}{{'\U0001F600'}}"#,
    #"{{"a\a\b\f\n\r\t\v\\\"\x41\101\u00e9\U0001F600é"}}"#, "{{``}}{{`a\n\"b`}}", "{{ printf nil }}",
  ])
  func aTemplateIsTaken(text: String) {
    #expect(throws: Never.self) { try AlertTemplate.check(text, name: "X") }
  }

  @Test(arguments: [
    // Names.
    ("{{ $x }}", 1, #"undefined variable "$x""#, 3),
    ("{{ $label.instance }}", 1, #"undefined variable "$label""#, 3),
    ("{{with $x := 4}}{{end}}{{$x}}", 1, #"undefined variable "$x""#, 25),
    ("{{define `t`}}{{$labels}}{{end}}", 1, #"undefined variable "$labels""#, 16),
    ("{{range $k, $v}}{{end}}", 1, #"undefined variable "$v""#, 12),
    ("a\n{{ nosuch $value }}", 2, #"function "nosuch" not defined"#, 5),
    ("{{ tmpl `x` . }}", 1, #"function "tmpl" not defined"#, 3),
    ("{{ Humanize $value }}", 1, #"function "Humanize" not defined"#, 3),
    ("line1\n{{\nx\n}}", 3, #"function "x" not defined"#, 9),
    // Actions.
    ("{{}}", 1, "missing value for command", 2),
    ("{{\n}}", 2, "missing value for command", 3),
    ("{{ $value", 1, "unclosed action", 9),
    ("hello{{range", 1, "unclosed action", 12),
    ("line1\n{{", 2, "unclosed action", 8),
    ("{{\n\n\n\n\n", 6, "unclosed action started at __alert_X:1", 7),
    ("line1\n{{\"x\"\n\"y\"\n", 4, "unclosed action started at __alert_X:2", 16),
    ("{{ $labels.quantile * 100 }}", 1, #"unexpected "*" in operand"#, 20),
    ("{{ $labels.a } }", 1, #"unexpected "}" in operand"#, 13),
    ("{{ $value | }", 1, #"unexpected "}" in command"#, 12),
    ("{{ | humanize }}", 1, #"unexpected "|" in command"#, 3),
    ("{{ $value || 1 }}", 1, #"unexpected "|" in command"#, 11),
    ("{{printf 3, 4}}", 1, #"unexpected "," in operand"#, 10),
    ("{{printf 3`x`}}", 1, #"unexpected "`x`" in operand"#, 10),
    ("{{ $value = }}", 1, "missing value for command", 12),
    ("{{ printf = 1 }}", 1, #"unexpected "=" in operand"#, 10),
    ("{{$value += 1}}", 1, #"illegal number syntax: "+""#, 9),
    ("{{ 12 | . }}", 1, "non executable command in pipeline stage 2", 10),
    ("{{ . | printf | \"error\" | 3 }}", 1, "non executable command in pipeline stage 3", 28),
    ("{{ a.b c-d }}", 1, #"function "a" not defined"#, 3),
    ("{{ .a-b }}", 1, "bad character U+002D '-'", 3),
    ("{{ $labels.foo-bar }}", 1, "bad character U+002D '-'", 10),
    ("{{ $labels['a'] }}", 1, "bad character U+005B '['", 3),
    ("{{a#}}", 1, "bad character U+0023 '#'", 2),
    ("{{ ☃ }}", 1, "unrecognized character in action: U+2603 '☃'", 3),
    ("{{ \u{7F} }}", 1, "unrecognized character in action: U+007F", 3),
    ("{{ : }}", 1, "expected :=", 3),
    ("{{ printf (printf .). }}", 1, #"unexpected <.> in operand"#, 20),
    ("{{ $x.y := 3 }}", 1, #"undefined variable "$x""#, 3),
    ("{{$x := 23}}{{with $x.y := 3}}{{end}}", 1, #"unexpected ":=" in operand"#, 24),
    ("{{ .X nothing_but_a_long_word }}", 1, #"function "nothing_but_a_long_word" not defined"#, 6),
    ("{{ 1 \"nothing but long\"`x` }}", 1, #"unexpected "`x`" in operand"#, 23),
    ("{{ .X=\"nothing but long\" }}", 1, "bad character U+003D '='", 3),
    ("{{ 1\"nothing but long\" }}", 1, #"unexpected "\"nothing b"... in operand"#, 4),
    // Literals.
    ("{{ \"a }}", 1, "unterminated quoted string", 3),
    ("{{ \"a\n\" }}", 1, "unterminated quoted string", 3),
    ("{{ 'a }}", 1, "unterminated character constant", 3),
    ("{{ `a }}", 1, "unterminated raw quoted string", 3),
    ("a\n{{\n`b }}", 3, "unterminated raw quoted string in action started at __alert_X:2", 5),
    ("{{ \"\\q\" }}", 1, "invalid syntax", 3),
    ("{{ \"\\'\" }}", 1, "invalid syntax", 3),
    ("{{ \"\\ud800\" }}", 1, "invalid syntax", 3),
    ("{{ \"\\400\" }}", 1, "invalid syntax", 3),
    ("{{ \"\\x+1\" }}", 1, "invalid syntax", 3),
    ("{{ 'ab' }}", 1, "malformed character constant: 'ab'", 3),
    ("{{ '' }}", 1, "invalid syntax", 3),
    ("{{ 0xi }}", 1, #"illegal number syntax: "0xi""#, 3),
    ("{{ 3x }}", 1, #"bad number syntax: "3x""#, 3),
    ("{{ 1+2 }}", 1, #"bad number syntax: "1+2""#, 3),
    ("{{ 0x1+2i }}", 1, "syntax error scanning complex number", 3),
    ("{{ 089 }}", 1, #"integer overflow: "089""#, 3),
    ("{{ 18446744073709551616 }}", 1, #"integer overflow: "18446744073709551616""#, 3),
    ("{{ 1__0 }}", 1, #"illegal number syntax: "1__0""#, 3),
    ("{{ 1e999 }}", 1, #"illegal number syntax: "1e999""#, 3),
    ("{{ 0x1.8 }}", 1, #"illegal number syntax: "0x1.8""#, 3),
    ("{{ + }}", 1, #"illegal number syntax: "+""#, 3),
    ("{{.", 1, #"illegal number syntax: ".""#, 2),
    ("{{ true.E }}", 1, #"unexpected . after term "true""#, 3),
    ("{{ \"hello\".guys }}", 1, #"unexpected . after term "\"hello\"""#, 3),
    ("{{ ..E }}", 1, #"unexpected . after term ".""#, 3),
    ("{{ nil.E }}", 1, #"unexpected . after term "nil""#, 3),
    ("{{ 1.E }}", 1, #"illegal number syntax: "1.E""#, 3),
    // Parentheses.
    ("{{ (1 2 3 }}", 1, "unclosed left paren", 10),
    ("{{ 1 ) }}", 1, "unexpected right paren", 5),
    ("{{ ( ) }}", 1, "missing value for parenthesized pipeline", 5),
    ("{{(.X 1 2 3", 1, "unclosed action", 11),
    // Blocks.
    ("{{if .X}}a", 1, "unexpected EOF", 10),
    ("{{range .X}}\n{{else}}\n", 3, "unexpected EOF", 22),
    ("{{end}}", 1, "unexpected {{end}}", 2),
    ("{{else}}", 1, "unexpected {{else}}", 2),
    ("{{else if .X}}", 1, "unexpected {{else}}", 2),
    ("{{if .X}}a{{end}}{{else}}", 1, "unexpected {{else}}", 19),
    ("{{if .X}}a{{else if .Y}}b{{end}}{{end}}", 1, "unexpected {{end}}", 34),
    ("{{if .X}}1{{else}}2{{else}}3{{end}}", 1, "expected end; found {{else}}", 21),
    ("{{if}}a{{end}}", 1, "missing value for if", 4),
    ("{{with }}a{{end}}", 1, "missing value for with", 7),
    ("{{range }}a{{end}}", 1, "missing value for range", 8),
    ("{{range $k,}}{{end}}", 1, "missing value for range", 11),
    ("{{range $k, .}}{{end}}", 1, "range can only initialize variables", 12),
    ("{{range $u, $v, $w := 3}}{{end}}", 1, "too many declarations in range", 14),
    ("{{with $v, $u := 3}}{{end}}", 1, "too many declarations in with", 9),
    ("{{$a,$b := 23}}", 1, "too many declarations in command", 4),
    ("{{break}}", 1, "{{break}} outside {{range}}", 7),
    ("{{range .X}}{{else}}{{continue}}{{end}}", 1, "{{continue}} outside {{range}}", 30),
    ("{{range .X}}{{break 20}}{{end}}", 1, #"unexpected "20" in {{break}}"#, 20),
    ("{{range .X}}{{block `t` .}}{{break}}{{end}}{{end}}", 1, "{{break}} outside {{range}}", 34),
    ("{{end 1}}", 1, #"unexpected "1" in end"#, 6),
    ("{{if .X}}{{else 1}}{{end}}", 1, #"unexpected "1" in else"#, 16),
    ("{{if .X}}{{else with .Y}}{{end}}", 1, "unexpected <with> in input", 16),
    ("{{range .X}}{{else if .Y}}{{end}}", 1, "unexpected <if> in input", 19),
    ("{{ if := 1 }}{{end}}", 1, #"unexpected ":=" in if"#, 6),
    ("{{ range := 1 }}{{end}}", 1, #"unexpected ":=" in range"#, 9),
    ("{{ .X if }}", 1, "unexpected <if> in operand", 6),
    // Definitions.
    ("{{template $v}}", 1, #"unexpected "$v" in template clause"#, 11),
    ("{{template .X}}", 1, #"unexpected ".X" in template clause"#, 11),
    ("{{template}}", 1, #"unexpected "}}" in template clause"#, 10),
    ("{{define}}{{end}}", 1, #"unexpected "}}" in define clause"#, 8),
    ("{{define `a` .}}{{end}}", 1, "unexpected <.> in define clause", 13),
    ("{{define `a`}}", 1, "unexpected EOF", 14),
    ("{{define `a`}}{{else}}{{end}}", 1, "unexpected {{else}} in define clause", 16),
    ("{{if .X}}{{define `a`}}{{end}}{{end}}", 1, "unexpected <define> in command", 11),
    ("{{block `a`}}b{{end}}", 1, "missing value for block clause", 11),
    ("{{block `a` .}}{{else}}{{end}}", 1, "unexpected {{else}} in block clause", 17),
    ("{{define `a`}}a{{end}}{{define `a`}}b{{end}}", 1, #"template: multiple definition of template "a""#, 39),
    ("{{define `__alert_X`}}a{{end}}", 1, #"template: multiple definition of template "__alert_X""#, 30),
    // Comments.
    ("{{/*}}", 1, "unclosed comment", 2),
    ("{{/*\nhello\n}}", 1, "unclosed comment", 2),
    ("{{/*a*/b}}", 1, "comment ends before closing delimiter", 2),
    ("{{if .X}}\n{{/*", 2, "unclosed comment in action started at __alert_X:1", 12),
    ("{{ /* a */ }}", 1, #"unexpected "/" in command"#, 3),
  ])
  func aMistakeIsToldInGosWords(text: String, line: Int, message: String, offset: Int) {
    let error = #expect(throws: TemplateError.self) { try AlertTemplate.check(text, name: "X") }
    #expect(error?.description == "template: __alert_X:\(line): \(message)")
    #expect(error?.offset == offset)
  }

  @Test func theTemplateIsNamedAfterTheAlert() {
    let error = #expect(throws: TemplateError.self) { try AlertTemplate.check("{{ $value", name: "CPU > 90%") }
    #expect(error?.description == "template: __alert_CPU > 90%:1: unclosed action")
  }

  @Test func everyFunctionIsKnown() {
    #expect(AlertTemplate.functions.count == 48)
    for function in AlertTemplate.functions {
      #expect(throws: Never.self) { try AlertTemplate.check("{{ \(function) }}", name: "X") }
    }
  }

  // MARK: Facts

  @Test(arguments: [
    ("critical", nil), ("{{ $labels.severity }}", nil), ("{{ $value }}", 3..<9), ("{{ .Value }}", 3..<9),
    ("{{ $.Value }}", 3..<10), ("{{ $.Labels.Value }}", nil), ("{{ .Labels.Value }}", nil),
    ("{{ $labels.Value }}", nil),
    ("{{ if gt $value 90.0 }}a{{ else }}b{{ end }}", 9..<15), ("a {{ printf `%f` ($value | humanize) }}", 18..<24),
    ("{{ with query `up` }}{{ (first .).Value }}{{ end }}", nil),
    ("{{ range query `up` }}{{ .Value }}{{ end }}", nil),
    ("{{ range query `up` }}{{ else }}{{ .Value }}{{ end }}", 35..<41),
    ("{{ range query `up` }}{{ $.Value }}{{ end }}", 25..<32), ("{{ range query `up` }}{{ end }}{{ .Value }}", 34..<40),
    ("{{ if .X }}{{ .Value }}{{ end }}", 14..<20), ("{{ $value := 1 }}{{ $value }}", nil),
    ("{{ with $value := 1 }}{{ $value }}{{ end }}{{ $value }}", 46..<52),
    ("{{ define `t` }}{{ .Value }}{{ end }}", nil),
    ("{{ block `t` . }}{{ $.Value }}{{ end }}", nil), ("{{ with $x := .Value }}a{{ end }}", 14..<20),
    ("{{ with .X }}a{{ else with .Value }}b{{ end }}", 27..<33), ("{{ $.X }}{{ $ .Value }}", 14..<20),
  ])
  func theUseOfTheValueIsSeen(text: String, range: Range<Int>?) throws {
    #expect(try AlertTemplate.check(text, name: "X").valueUse == range)
  }

  // MARK: Limits

  @Test func parenthesesAreLimitedInDepth() {
    func nested(_ depth: Int) -> String {
      "{{ " + String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth) + " }}"
    }
    #expect(throws: Never.self) { try AlertTemplate.check(nested(AlertTemplate.depthLimit), name: "X") }
    for depth in [AlertTemplate.depthLimit + 1, 100_000] {
      let error = #expect(throws: TemplateError.self) { try AlertTemplate.check(nested(depth), name: "X") }
      #expect(error?.message == "max expression depth exceeded")
    }
  }

  @Test func blocksAreNot() {
    let text = String(repeating: "{{if .X}}", count: 5_000) + String(repeating: "{{end}}", count: 5_000)
    #expect(throws: Never.self) { try AlertTemplate.check(text, name: "X") }
    let chain = "{{if .X}}" + String(repeating: "{{else if .Y}}", count: 5_000) + "{{end}}"
    #expect(throws: Never.self) { try AlertTemplate.check(chain, name: "X") }
  }

  // MARK: Recorded and random

  /// A template, and what Go 1.27 says of it.
  private struct Recorded: Decodable {
    let text: String
    var error: String?
  }

  @Test func verdictsAreThoseOfGo() throws {
    let cases: [Recorded] = try RecordedCases.load("templates")
    #expect(cases.count > 2000)
    for recorded in cases {
      var message: String?
      do {
        _ = try AlertTemplate.check(recorded.text, name: "X")
      } catch {
        message = error.description
      }
      #expect(message == recorded.error, "\(recorded.text)")
    }
  }

  @Test(arguments: [UInt64](0..<40))
  func anyTextGetsAVerdict(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "{{", "}}", "{{- ", " -}}", "{", "}", "if ", "else", "end", "range ", "with ", "define ", "block ", "template ",
      "break",
      "$x", "$value", ":=", "=", ",", "|", "(", ")", ".", ".Value", "\"a\"", "\"", "`", "'", "\\", "1", "0x", "e5", "i",
      "+",
      "-", "_", " ", "\n", "/*", "*/", "é", "\u{301}", "☃", "\0",
    ]
    for _ in 0..<500 {
      let text = (0..<random.below(30)).map { _ in random.pick(pieces) }.joined()
      do {
        let facts = try AlertTemplate.check(text, name: "X")
        #expect(facts.valueUse?.upperBound ?? 0 <= text.utf8.count)
      } catch {
        #expect(0...text.utf8.count ~= error.offset)
        #expect(error.line >= 1)
      }
    }
  }

  /// What repeats the costliest steps many times: were one of them to look at all that follows, this would not end in
  /// time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "{", "{{", "{{1}}", "{{/*", "{{/**/}}", "{{- 1 -}}  ", "{{$x := 1}}{{$x}}", "{{if 1}}", "{{if 1}}{{else}}",
      "{{1 ", "{{1\n",
      "{{define `a`}}{{end}}", "{{block `a` .}}", "{{\"", "{{`", " ", "{{$x := $x}}", "{{(", "{{-  ",
    ])
  func workGrowsWithTheLength(piece: String) {
    let text = String(repeating: piece, count: 5_000)
    for text in [text, "{{ " + text, text + " }}", text + String(repeating: "{{end}}", count: 5_000)] {
      _ = try? AlertTemplate.check(text, name: "X")
    }
  }
}
