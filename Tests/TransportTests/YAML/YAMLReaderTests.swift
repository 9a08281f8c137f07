import Model
import Testing
import Transport

@Suite("YAML")
struct YAMLReaderTests {
  @Test(
    "a scalar keeps its text and how it is written",
    arguments: [
      ("plain text", "plain text", ScalarStyle.plain),
      ("5", "5", .plain),
      ("yes", "yes", .plain),
      ("~", "~", .plain),
      ("'it''s'", "it's", .singleQuoted),
      ("'<<'", "<<", .singleQuoted),
      (#""a\tb\x41\u00e9\U0001F600\n""#, "a\tbA\u{E9}\u{1F600}\n", .doubleQuoted),
      (#""a\/b""#, "a/b", .doubleQuoted),
      ("\"a\n  b\n\n  c\"", "a b\nc", .doubleQuoted),
      ("|\n  a\n   b\n", "a\n b\n", .literal),
      ("|-\n  a\n", "a", .literal),
      ("|+\n  a\n\n", "a\n\n", .literal),
      ("|2\n   a\n", " a\n", .literal),
      (">\n  a\n  b\n\n  c\n", "a b\nc\n", .folded),
      ("!!str 5", "5", .doubleQuoted),
      ("! 5", "5", .plain),
      ("!own 5", "5", .plain),
      ("a # comment", "a", .plain),
      ("\u{FEFF}a", "a", .plain),
    ])
  func scalar(text: String, expected: String, style: ScalarStyle) throws {
    let documents = try read(text)
    #expect(documents.map(shape) == [.scalar(expected, style)])
  }

  @Test(
    "mappings keep their order, sequences and mappings nest, JSON is YAML",
    arguments: [
      ("b: 1\na: [x, {y: z}]\n", "{b: 1, a: [x, {y: z}]}"),
      ("- - a\n  - b\n-\n  c: d\n", "[[a, b], {c: d}]"),
      (#"{"a": [1, true, null], "b": {}}"#, "{a: [1, true, null], b: {}}"),
      ("a:\nb: ''\n", "{a: , b: }"),
      ("? a\n: b\n", "{a: b}"),
      ("[a: b]", "[{a: b}]"),
      ("1: a\n1.0: b\ntrue: c\n", "{1: a, 1.0: b, true: c}"),
      ("a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}"),
      ("&k a: 1\nb: *k\n", "{a: 1, b: a}"),
      ("a: &k b\n*k : c\n", "{a: b, b: c}"),
      ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"),
    ])
  func structure(text: String, expected: String) throws {
    let documents = try read(text)
    #expect(documents.map(flow) == [expected])
  }

  @Test(
    "what is merged gives way to what is written, and to what is merged before",
    arguments: [
      ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  x: 3\n", "{a: {x: 1, y: 2}, b: {x: 3, y: 2}}"),
      ("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}\n", "{a: {x: 1}, b: {x: 2, y: 3}, c: {x: 1, y: 3}}"),
      ("a: {<<: {x: 1}, x: 2}", "{a: {x: 2}}"),
      ("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\n", "{a: {x: 1}, b: {y: 2, x: 1}, c: {y: 2, x: 1}}"),
      ("{'<<': {x: 1}}", "{<<: {x: 1}}"),
      ("{!!merge <<: {x: 1}}", "{x: 1}"),
      ("a: &m <<\nb: {*m : {x: 1}}\n", "{a: <<, b: {<<: {x: 1}}}"),
    ])
  func merge(text: String, expected: String) throws {
    let documents = try read(text)
    #expect(documents.map(flow) == [expected])
  }

  @Test(
    "a stream has any number of documents",
    arguments: [
      ("", []),
      ("# nothing\n", []),
      ("---\n", [""]),
      ("a\n---\nb\n", ["a", "b"]),
      ("--- a\n...\n--- b\n", ["a", "b"]),
      ("---\n---\na: 1\n---\n", ["", "{a: 1}", ""]),
      ("%YAML 1.1\n---\na: 1\n", ["{a: 1}"]),
    ])
  func documents(text: String, expected: [String]) throws {
    let documents = try read(text)
    #expect(documents.map(flow) == expected)
  }

  @Test("an anchor is of one document")
  func anchorOfAnotherDocument() {
    #expect(throws: DocumentError("unknown anchor 'a' referenced", at: SourcePosition(line: 3, column: 1))) {
      try read("&a b\n---\n*a\n")
    }
  }

  @Test(
    "what is no YAML is refused with its place",
    arguments: [
      ("name: [\n", "did not find expected node content", 2, 1),
      ("a: 'b\n", "found unexpected end of stream while scanning a quoted scalar that begins at line 1", 2, 1),
      ("a: 1\n b: 2\n", "mapping values are not allowed in this context", 2, 3),
      ("a: 1\n- b\n", "did not find expected key while parsing a block mapping that begins at line 1", 2, 1),
      ("a: \"\\q\"\n", "found unknown escape character", 1, 5),
      ("a: \"\\ud83d\\ude00\"\n", "found invalid Unicode character escape code", 1, 7),
      ("\tа: 1", "found character that cannot start any token", 1, 1),
      ("a: 1\nb: 2\n\"a\": 3\n", #"mapping key "a" already defined at line 1"#, 3, 1),
      ("ä: 1\nö: {ü: 1, ü: 2}\n", #"mapping key "ü" already defined at line 2"#, 2, 13),
      ("a: {<<: {}, <<: {}}", #"mapping key "<<" already defined at line 1"#, 1, 13),
      ("<<: 1", "map merge requires map or sequence of maps as the value", 1, 5),
      ("<<: [{}, 1]", "map merge requires map or sequence of maps as the value", 1, 5),
      ("a: *b", "unknown anchor 'b' referenced", 1, 4),
      ("&a [*a]", "anchor 'a' value contains itself", 1, 5),
      ("&a {b: {<<: *a}}", "anchor 'a' value contains itself", 1, 13),
      ("? [a]\n: b\n", "a key must be a scalar", 1, 3),
      ("a: &b {}\n*b : c\n", "a key must be a scalar", 2, 1),
      ("a: !!binary aGk=", "binary values are not taken", 1, 4),
      ("a: b\nc: \u{1}\n", "control characters are not allowed", 2, 4),
      ("%YAML 2.0\n---\na\n", "found incompatible YAML document", 1, 1),
    ])
  func refusal(text: String, problem: String, line: Int, column: Int) {
    let error = #expect(throws: DocumentError.self) { try read(text) }
    #expect(error?.message == problem)
    #expect(error?.position == SourcePosition(line: line, column: column))
  }

  @Test(
    "what is no UTF-8 is refused with its place",
    arguments: [
      ([0xFF], "invalid leading UTF-8 octet", 4), ([0xC3, 0x28], "invalid trailing UTF-8 octet", 5),
      ([0xED, 0xA0, 0x80], "invalid Unicode character", 4), ([0xC3], "incomplete UTF-8 octet sequence", 4),
    ])
  func notUTF8(bytes: [UInt8], problem: String, column: Int) {
    #expect(throws: DocumentError(problem, at: SourcePosition(line: 2, column: column))) {
      try YAMLReader().documents(in: Array("a: b\nc: ".utf8) + bytes)
    }
  }

  @Test("a byte order mark takes no room")
  func byteOrderMark() throws {
    let document = try #require(try read("\u{FEFF}a: ö\nb: c\n").first)
    #expect(flow(document) == "{a: ö, b: c}")
    #expect(document.fields?.map(\.position?.description) == ["1:1", "2:1"])
  }

  @Test("two spellings of a character are two keys")
  func canonicalEquivalence() throws {
    #expect(try read("\u{E9}: 1\ne\u{301}: 2\n").first?.fields?.count == 2)
  }

  @Test("a key that stands twice in a large mapping is found")
  func duplicateInLargeMapping() {
    let lines = (0..<100).map { "key\($0): 1" } + ["key7: 2", "key99: 2"]
    #expect(
      throws: DocumentError(#"mapping key "key7" already defined at line 8"#, at: SourcePosition(line: 101, column: 1))
    ) {
      try read(lines.joined(separator: "\n"))
    }
  }

  @Test(
    "positions count lines and bytes, whatever the characters",
    arguments: [
      "a: x\nb:\n  - y\n",
      "ä: x\n\u{1F600}:\n  - ÿ\n",
      "ä: x\r\n\u{1F600}:\r\n  - ÿ\r\n",
      "{\"ä\": \"ö\", \"ü\":\n [ß]}",
      "{ä: \"1\", 2: ö,\nü: 3}",
    ])
  func positions(text: String) throws {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    let document = try #require(try read(text).first)
    for (name, position) in scalars(in: document) {
      let place = try #require(position)
      let rest = lines[place.line - 1].dropFirst(place.column - 1)
      #expect(rest.starts(with: name.utf8) || rest.dropFirst().starts(with: name.utf8), "\(name) at \(place)")
    }
  }

  @Test("a value is where its indicator, tag or anchor is, and one that is left out behind its key")
  func positionOfValue() throws {
    let document = try #require(try read("a: |\n  x\nb: &y !!str z\nc:\nd: []\ne: *y\n").first)
    let places = document.fields?.map { $0.value.position?.description }
    #expect(places == ["1:4", "3:4", "4:3", "5:4", "3:4"])
  }

  private func scalars(in node: DocumentNode) -> [(String, SourcePosition?)] {
    switch node.content {
    case .scalar(let text, _): [(text, node.position)]
    case .sequence(let items): items.flatMap(scalars)
    case .mapping(let fields): fields.flatMap { [($0.name, $0.position)] + scalars(in: $0.value) }
    }
  }
}
