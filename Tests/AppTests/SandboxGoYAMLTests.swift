import Model
import TestSupport
import Testing

@testable import App
@testable import Transport

/// Go's yaml.v3, as it was seen to write.
struct SandboxGoYAMLTests {
  @Test(arguments: [
    ("plain", "plain"), ("with space", "with space"), ("a:b", "a:b"), ("a#b", "a#b"), ("it's", "it's"),
    ("a, b", "a, b"),
    ("-x", "-x"), ("?x", "?x"), (":x", ":x"), ("ä", "ä"), ("1.2.3", "1.2.3"), ("5m", "5m"), ("1e", "1e"), ("0x", "0x"),
    ("2020-13-01", "2020-13-01"), ("12:60", "12:60"), (".", "."), ("1:2x", "1:2x"), ("1e999", "1e999"), ("_1", "_1"),
    ("2020-01-02T03:04:05", "2020-01-02T03:04:05"),
    // What would begin something else.
    ("- x", "'- x'"), ("-", "'-'"), ("? x", "'? x'"), (": x", "': x'"), ("a: b", "'a: b'"), ("a:", "'a:'"),
    ("a #b", "'a #b'"),
    ("{{ x }}", "'{{ x }}'"), ("[x", "'[x'"), ("*x", "'*x'"), ("&x", "'&x'"), ("!x", "'!x'"), ("%x", "'%x'"),
    ("@x", "'@x'"),
    ("`x", "'`x'"), ("\"x", "'\"x'"), ("'x", "'''x'"), ("|x", "'|x'"), (">x", "'>x'"), ("#x", "'#x'"), (",x", "',x'"),
    (" x", "' x'"), ("x ", "'x '"), ("---", "'---'"), ("... x", "'... x'"),
    // What would be something else than text.
    ("", "\"\""), ("yes", "\"yes\""), ("null", "\"null\""), ("~", "\"~\""), ("1e3", "\"1e3\""), ("n", "\"n\""),
    ("y", "\"y\""),
    ("0", "\"0\""), ("Off", "\"Off\""), ("1_000", "\"1_000\""), ("0x1F", "\"0x1F\""), ("0b10", "\"0b10\""),
    ("-0o7", "\"-0o7\""),
    ("08", "\"08\""), (".5", "\".5\""), ("+1.", "\"+1.\""), ("1.e5", "\"1.e5\""), (".inf", "\".inf\""),
    ("<<", "\"<<\""),
    ("1:30", "\"1:30\""), ("2020-01-02", "\"2020-01-02\""), ("2020-1-2 3:4:5", "\"2020-1-2 3:4:5\""),
    ("2020-01-02T03:04:05.6Z", "\"2020-01-02T03:04:05.6Z\""), ("2020-02-29", "\"2020-02-29\""),
    ("2021-02-29", "2021-02-29"),
    // What has to be escaped.
    ("a\tb", "\"a\\tb\""), ("\u{7F}", "\"\\x7F\""), ("\u{1F600}", "\"\\U0001F600\""), ("\r", "\"\\r\""),
    ("\u{85}", "\"\\N\""),
    ("a\"\t\\", "\"a\\\"\\t\\\\\""), ("\u{FEFF}", "\"\\uFEFF\""), ("\0\u{1B}", "\"\\0\\e\""), ("\n", "|4+\n\n"),
    // Several lines.
    ("a\nb", "|-\n  a\n  b"), ("a\nb\n", "|\n  a\n  b\n"), ("a\n\n", "|+\n  a\n\n"), ("a\n\n  b", "|-\n  a\n\n    b"),
    ("a: b # c\n", "|\n  a: b # c\n"), ("a\tb\n", "|\n  a\tb\n"), ("a \nb", "\"a \\nb\""), ("a\n ", "\"a\\n \""),
    ("a\n\u{1F600}", "\"a\\n\\U0001F600\""), ("\na", "|4-\n\n  a"), (" a\n", "|4\n   a\n"),
  ])
  func scalar(_ text: String, _ written: String) {
    let document = DocumentNode(.mapping([DocumentField("k", .text(text))]))
    // A block is indented by four here.
    let body = written.replacing("\n  ", with: "\n    ")
    #expect(GoYAMLWriter.text(of: document) == "k: " + body + (body.hasSuffix("\n") ? "" : "\n"))
  }

  @Test func collections() {
    let long = String(repeating: "l", count: 129)
    let document = DocumentNode(
      .mapping([
        DocumentField(
          "a", DocumentNode(.sequence([.text("x"), DocumentNode(.mapping([DocumentField("b", .text("y\nz"))]))]))),
        DocumentField("e", DocumentNode(.sequence([]))),
        DocumentField("m", DocumentNode(.mapping([]))),
        DocumentField("p", DocumentNode(.scalar("5", .plain))),
        DocumentField(long, DocumentNode(.sequence([DocumentNode(.mapping([DocumentField("c", .text("d"))]))]))),
        DocumentField("two\nlines", .text("v")),
        DocumentField("a: b", DocumentNode(.mapping([DocumentField("yes", .text("w"))]))),
      ]))
    #expect(
      GoYAMLWriter.text(of: document) == """
        a:
            - x
            - b: |-
                y
                z
        e: []
        m: {}
        p: 5
        ? \(long)
        :   - c: d
        ? |-
            two
            lines
        : v
        'a: b':
            "yes": w

        """)
  }

  @Test(arguments: [
    ["a", "b"], ["a", "aa"], ["B", "a"], ["a1", "a2"], ["a9", "a10"], ["a1b", "a10"], ["a-b", "aa"], ["a_b", "ab"],
    ["1", "2", "10"], ["a1", "a01"], ["a2", "a10b"], ["0", "00"], ["a1a", "a1_"], ["1a", "1b"], ["", "a"],
    ["a/b", "a0"],
    ["100", "200"], ["101", "110"],
  ])
  func keys(_ ordered: [String]) {
    #expect(ordered.reversed().sorted(by: GoKeyOrder.precedes) == ordered)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func whatIsWrittenIsReadAsTheSame(seed: UInt64) throws {
    let pieces = [
      "a", "b", " ", "  ", "\n", "\n", ":", ": ", "#", " #", "-", "- ", "'", "\"", "\\", "{", "}", "[", ",", "1", "0x",
      ".", "~",
      "yes", "\t", "\r", "\u{85}", "ä", "\u{1F600}", "|", ">", "%", "@", "&", "*", "!", "?", "=", "<<",
    ]
    var random = SplitMix64(seed: seed)
    let text = { (random: inout SplitMix64) in (0..<random.below(8)).map { _ in random.pick(pieces) }.joined() }
    for _ in 0..<300 {
      let rule = DocumentNode(.mapping([DocumentField("expr", .text(text(&random))), DocumentField("k", .text("v"))]))
      let item = DocumentNode(.sequence([rule, .text("x"), rule]))
      let names = Set((0..<3).map { _ in text(&random) })
      let document = DocumentNode(
        .mapping(names.map { DocumentField($0, random.oneIn(2) ? item : .text(text(&random))) }))
      let written = GoYAMLWriter.text(of: document)
      let read = try YAMLReader().documents(in: GoLiteralIndentation.mended(Array(written.utf8)))
      #expect(read.map(JSONWriter.text) == [JSONWriter.text(of: document)], "\(written)")
    }
  }
}
