import Model
import Testing

@Suite struct WriterTests {
  @Test(arguments: [
    ("a/b", #""a/b""#), ("😀é", "\"😀é\""), ("\u{7F}\u{2028}\u{FEFF}\u{1}", #""\u007f\u2028\ufeff\u0001""#),
    ("a\"\\\n", #""a\"\\\n""#), ("yes", #""yes""#),
  ]) func jsonIsYAMLToo(_ text: String, _ written: String) {
    #expect(JSONWriter.text(of: .text(text)) == written)
  }

  @Test(arguments: [
    ("1", "1"), ("true", "true"), ("~", "null"), ("", "null"), ("0x10", "16"), ("+5", "5"), ("010", "\"010\""),
    ("1e3", "1e3"), (".5", "\".5\""), ("word", "\"word\""), ("-+5", "\"-+5\""),
  ]) func plainScalarsBecomeWhatTheyMean(_ text: String, _ written: String) {
    #expect(JSONWriter.text(of: DocumentNode(.scalar(text, .plain))) == written)
  }

  @Test(arguments: [
    ("word", "word\n"), ("5m", "5m\n"), ("1d", "1d\n"), ("yes", "'yes'\n"), ("N", "'N'\n"), ("null", "'null'\n"),
    ("", "''\n"), ("1e3", "'1e3'\n"), ("0x1F", "'0x1F'\n"), ("1_000", "'1_000'\n"), ("12:30:45", "'12:30:45'\n"),
    ("2001-12-14", "'2001-12-14'\n"), (".inf", "'.inf'\n"), ("~", "'~'\n"), ("<<", "'<<'\n"),
    ("a: b", "'a: b'\n"), ("a:", "'a:'\n"), ("a:b", "a:b\n"), ("a #b", "'a #b'\n"), ("a#b", "a#b\n"),
    (" a", "' a'\n"), ("a ", "'a '\n"), ("{{ $x }}", "'{{ $x }}'\n"), ("it's", "it's\n"), ("- it's", "\"- it's\"\n"),
    ("'\u{301}: ", "\"'\u{301}: \"\n"), ("a\tb", "'a\tb'\n"), ("a\r\nb", #""a\r\nb""# + "\n"),
    ("sum(up{a=\"b\"}) by (c)", "sum(up{a=\"b\"}) by (c)\n"), ("\u{85}", #""\u0085""# + "\n"),
    ("a\nb", "|-\n  a\n  b\n"), ("a\nb\n", "|\n  a\n  b\n"), ("a\n\n", "|+\n  a\n\n"), ("a\n\n b", "|-\n  a\n\n   b\n"),
    (" a\nb", #"" a\nb""# + "\n"), ("\n", #""\n""# + "\n"),
  ]) func textIsTextForEveryReader(_ text: String, _ written: String) {
    #expect(YAMLWriter.text(of: .text(text)) == written)
  }

  @Test func aGroupIsPleasantToRead() {
    let group = RuleGroup(
      name: "g", interval: "1m", limit: "10",
      rules: [
        Rule(record: "a:b", expression: "sum(\n  up\n)\n", labels: ["team": "a", "n": "5"]),
        Rule(alert: "Down", expression: "up == 0", pendingFor: "5m", annotations: ["summary": "{{ $value }}"]),
      ],
      otherFields: [DocumentField("source_tenants", DocumentNode(.sequence([.text("x")])))])
    #expect(
      YAMLWriter.text(of: group.document) == """
        name: g
        interval: 1m
        limit: 10
        source_tenants:
          - x
        rules:
          - record: a:b
            expr: |
              sum(
                up
              )
            labels:
              'n': '5'
              team: a
          - alert: Down
            expr: up == 0
            for: 5m
            annotations:
              summary: '{{ $value }}'

        """)
  }

  @Test func emptyAndNestedCollections() {
    let node = DocumentNode(
      .mapping([
        DocumentField("a", DocumentNode(.sequence([]))), DocumentField("b", DocumentNode(.mapping([]))),
        DocumentField(
          "c",
          DocumentNode(
            .sequence([DocumentNode(.sequence([.text("x"), .null])), DocumentNode(.mapping([]))]))),
      ]))
    #expect(YAMLWriter.text(of: node) == "a: []\nb: {}\nc:\n  - - x\n    - null\n  - {}\n")
  }
}
