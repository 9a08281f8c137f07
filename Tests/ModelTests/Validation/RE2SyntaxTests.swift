import Model
import TestSupport
import Testing

/// The syntax of regular expressions: every construct of RE2's table, every error of Go's.
@Suite struct RE2SyntaxTests {
  // MARK: The table

  @Test(arguments: [
    // Single characters and classes.
    ".", "[xyz]", "[^xyz]", #"\d"#, #"\D"#, "[[:alpha:]]", "[[:^alpha:]]", #"\pN"#, #"\p{Greek}"#, #"\PN"#,
    #"\P{Greek}"#, #"\p{^Greek}"#, #"\p{Lu}"#, #"\p{Any}"#, #"[\p{Latin}\d_]"#, "[]a]", "[^]a]", "[-a]", "[a-]",
    #"[\]\-\\]"#, #"[a-\x7f]"#, "[a-zA-Z0-9_.-]", "[α-ω]", "[[.]", "[[:]",
    // Composites and repetitions.
    "xy", "x|y", "x*", "x+", "x?", "x{2,3}", "x{2,}", "x{2}", "x*?", "x+?", "x??", "x{2,3}?", "x{2,}?", "x{2}?",
    "x{0}", "x{0,0}", "x{1000}", "(?:x{10}){100}", "(x*)*", "(?:x*)+", "|", "x|", "||", "()", "^*",
    // What looks like a repetition and is none.
    "{", "x{", "x{,2}", "x{2", "x{2,3", "x{a}", "x{02}", "{}", "x{ 2}", "}", "]",
    // Groups and flags.
    "(x)", "(?P<name>x)", "(?<name>x)", "(?:x)", "(?i)x", "(?i:x)", "(?-i)x", "(?ims-U:x)", "(?s-m:x)", "(?)", "(?i)",
    "(?P<a>x)(?P<a>y)", "(?P<1>x)",
    // Empty strings.
    "^", "$", #"\A"#, #"\b"#, #"\B"#, #"\z"#, "",
    // Escapes.
    #"\a\f\t\n\r\v"#, #"\*\.\+\?\(\)\[\]\{\}\|\^\$\\"#, #"\123"#, #"\0"#, #"\07"#, #"\x7F"#, #"\x{10FFFF}"#, #"\x{0}"#,
    #"\Q...\E"#, #"\Qa*"#, #"\Q\E"#, #"\Q()\E*"#, #"\s\S\w\W"#, #"\_"#, #"\-"#, #"\/"#, #"\:"#,
    "é+日*", "a\nb", "a b",
  ])
  func aConstructIsTaken(pattern: String) {
    #expect(throws: Never.self) { try RE2Syntax.check(pattern) }
  }

  @Test(arguments: [
    // Parentheses.
    ("(a", "missing closing ): `(a`", 0),
    ("a(b", "missing closing ): `a(b`", 0),
    ("(", "missing closing ): `(`", 0),
    ("a)", "unexpected ): `a)`", 0),
    ("a)(b", "unexpected ): `a)(b`", 0),
    ("(a|b))", "unexpected ): `(a|b))`", 0),
    // Classes.
    ("a[b", "missing closing ]: `[b`", 1),
    ("[]", "missing closing ]: `[]`", 0),
    ("[^]", "missing closing ]: `[^]`", 0),
    ("[a-", "missing closing ]: `[a-`", 0),
    ("x[z-a]", "invalid character class range: `z-a`", 2),
    ("[a-Z]", "invalid character class range: `a-Z`", 1),
    ("[[:foo:]]", "invalid character class range: `[:foo:]`", 1),
    ("[[:Alpha:]]", "invalid character class range: `[:Alpha:]`", 1),
    (#"\p{Foo}"#, #"invalid character class range: `\p{Foo}`"#, 0),
    (#"a\pX"#, #"invalid character class range: `\pX`"#, 1),
    (#"\p"#, #"invalid character class range: `\p`"#, 0),
    (#"\p{Greek"#, #"invalid character class range: `\p{Greek`"#, 0),
    (#"\p{}"#, #"invalid character class range: `\p{}`"#, 0),
    (#"[a\P{^}]"#, #"invalid character class range: `\P{^}`"#, 2),
    // Escapes.
    (#"a\"#, "trailing backslash at end of expression: ``", 2),
    (#"\1"#, #"invalid escape sequence: `\1`"#, 0),
    (#"(a)\1"#, #"invalid escape sequence: `\1`"#, 3),
    (#"\8"#, #"invalid escape sequence: `\8`"#, 0),
    (#"\Z"#, #"invalid escape sequence: `\Z`"#, 0),
    (#"\C"#, #"invalid escape sequence: `\C`"#, 0),
    (#"\G"#, #"invalid escape sequence: `\G`"#, 0),
    (#"\h"#, #"invalid escape sequence: `\h`"#, 0),
    (#"\k<a>"#, #"invalid escape sequence: `\k`"#, 0),
    (#"\x"#, #"invalid escape sequence: `\x`"#, 0),
    (#"\x4"#, #"invalid escape sequence: `\x4`"#, 0),
    (#"\xg0"#, #"invalid escape sequence: `\xg0`"#, 0),
    (#"\x{}"#, #"invalid escape sequence: `\x{}`"#, 0),
    (#"\x{12"#, #"invalid escape sequence: `\x{12`"#, 0),
    (#"\x{110000}"#, #"invalid escape sequence: `\x{110000`"#, 0),
    (#"\u00e9"#, #"invalid escape sequence: `\u`"#, 0),
    (#"\é"#, #"invalid escape sequence: `\é`"#, 0),
    (#"[\b]"#, #"invalid escape sequence: `\b`"#, 1),
    (#"[\Qa\E]"#, #"invalid escape sequence: `\Q`"#, 1),
    (#"[a-\d]"#, #"invalid escape sequence: `\d`"#, 3),
    // Repetitions.
    ("*", "missing argument to repetition operator: `*`", 0),
    ("+a", "missing argument to repetition operator: `+`", 0),
    ("a|*?", "missing argument to repetition operator: `*?`", 2),
    ("(*)", "missing argument to repetition operator: `*`", 1),
    ("(?i)*", "missing argument to repetition operator: `*`", 4),
    ("{2}", "missing argument to repetition operator: `{2}`", 0),
    (#"\Q\E*"#, "missing argument to repetition operator: `*`", 4),
    ("a**", "invalid nested repetition operator: `**`", 1),
    ("a*+b", "invalid nested repetition operator: `*+`", 1),
    ("a??+", "invalid nested repetition operator: `??+`", 1),
    ("a{2}{3}", "invalid nested repetition operator: `{2}{3}`", 1),
    ("a+{2}?", "invalid nested repetition operator: `+{2}?`", 1),
    ("a{1001}", "invalid repeat count: `{1001}`", 1),
    ("a{1,1001}", "invalid repeat count: `{1,1001}`", 1),
    ("a{3,2}", "invalid repeat count: `{3,2}`", 1),
    ("a{99999999999999999999}", "invalid repeat count: `{99999999999999999999}`", 1),
    ("a{2,99999999999999999999}", "invalid repeat count: `{2,99999999999999999999}`", 1),
    ("(?:a{10}){101}", "invalid repeat count: `{101}`", 9),
    ("(?:(?:a{2}b){5}|c){101}", "invalid repeat count: `{101}`", 18),
    // Groups.
    ("(?=a)", "invalid or unsupported Perl syntax: `(?=`", 0),
    ("a(?!b)", "invalid or unsupported Perl syntax: `(?!`", 1),
    ("(?>a)", "invalid or unsupported Perl syntax: `(?>`", 0),
    ("(?#a)", "invalid or unsupported Perl syntax: `(?#`", 0),
    ("(?x)a", "invalid or unsupported Perl syntax: `(?x`", 0),
    ("(?P=n)", "invalid or unsupported Perl syntax: `(?P`", 0),
    ("(?", "invalid or unsupported Perl syntax: `(?`", 0),
    ("(?i", "invalid or unsupported Perl syntax: `(?i`", 0),
    ("(?i-)", "invalid or unsupported Perl syntax: `(?i-)`", 0),
    ("(?--i)", "invalid or unsupported Perl syntax: `(?--`", 0),
    ("(?'n'a)", "invalid or unsupported Perl syntax: `(?'`", 0),
    ("(?P<", "invalid or unsupported Perl syntax: `(?P`", 0),
    ("(?<=a)b", "invalid named capture: `(?<=a)b`", 0),
    ("(?<!a)b", "invalid named capture: `(?<!a)b`", 0),
    ("(?P<>a)", "invalid named capture: `(?P<>`", 0),
    ("(?P<a b>c)", "invalid named capture: `(?P<a b>`", 0),
    ("(?P<é>c)", "invalid named capture: `(?P<é>`", 0),
    ("a(?P<n", "invalid named capture: `(?P<n`", 1),
  ])
  func aMistakeIsToldInGosWords(pattern: String, message: String, offset: Int) {
    let error = #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check(pattern) }
    #expect(error?.description == "error parsing regexp: " + message)
    #expect(error?.offset == offset)
  }

  @Test func bytesThatAreNoUTF8AreRefused() {
    for (pattern, offset) in [
      ([0xFF], 0), ([0x61, 0xC3], 1), ([0x5B, 0xFF, 0x5D], 1), ([0x5C, 0xFF], 1),
      (Array("(?P<".utf8) + [0xFF, 0x3E], 4),
      (Array("(?P<".utf8) + [0xFF], 4), (Array(#"\p{"#.utf8) + [0xFF, 0x7D], 3), (Array(#"\p{"#.utf8) + [0xFF], 3),
      (Array(#"\Q"#.utf8) + [0xED, 0xA0, 0x80], 2), (Array("(?".utf8) + [0xFF], 2), (Array(#"\x{"#.utf8) + [0xFF], 3),
    ] as [([UInt8], Int)] {
      let error = #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check(pattern) }
      #expect(error?.reason == .invalidUTF8, "\(pattern)")
      #expect(error?.offset == offset, "\(pattern)")
    }
  }

  @Test(arguments: [
    "Greek", "greek", "GREEK", "Old_Italic", "old-italic", "Old Italic", "L", "Lu", "lu", "LC", "Letter",
    "Uppercase_Letter", "uppercase letter", "Any", "ASCII", "Assigned", "Cn", "punct", "Han", "SignWriting",
  ])
  func aClassOfUnicodeGoesByItsNames(name: String) {
    #expect(throws: Never.self) { try RE2Syntax.check("\\p{\(name)}") }
    #expect(throws: Never.self) { try RE2Syntax.check("[^\\P{^\(name)}]") }
    #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check("\\p{\(name)x}") }
  }

  // MARK: Facts

  @Test(arguments: [
    ("", true), ("a", false), ("a*", true), ("a+", false), ("a?", true), ("a{0,3}", true), ("a{2}", false),
    ("(a*)+", true), ("(?:a?){5}", true), ("a|", true), ("|a", true), ("a|b*", true), ("a|b", false), ("a*b*", true),
    ("a*b", false), (".*", true), (".+", false), ("^$", true), (#"\A\z"#, true), ("(?m)^$", true), (#"\b"#, false),
    (#"\B"#, true), ("()", true), ("(?:)", true), ("(|a)b?", true), ("[^a]*", true), (#"\pL"#, false), ("(?i)", true),
    (#"\Q\E"#, true), ("a{0}", true), ("(a{2}){0}b*", true), ("^(?:a|(b?))$", true),
  ])
  func itIsKnownWhetherNothingMatches(pattern: String, matchesEmpty: Bool) throws {
    #expect(try RE2Syntax.check(pattern).matchesEmpty == matchesEmpty)
  }

  @Test(arguments: [
    ("foo", false, false), ("^foo", true, false), ("foo$", false, true), ("^foo$", true, true), ("^", true, false),
    ("$", false, true), (#"\Afoo\z"#, true, true), ("(^foo)$", true, true), ("(?:^foo$)", true, true),
    ("^a|b", true, false), ("a|b$", false, true), ("^a$|^b$", true, true), ("a^b", false, false), ("a$b", false, false),
    (#"\^foo\$"#, false, false), ("[^a]", false, false), ("(^a)*", false, false), ("(?i)^a", true, false),
    ("a|(b|(c$))", false, true),
  ])
  func anchorsAtTheEndsAreSeen(pattern: String, start: Bool, end: Bool) throws {
    let facts = try RE2Syntax.check(pattern)
    #expect(facts.startsWithAnchor == start)
    #expect(facts.endsWithAnchor == end)
    #expect(facts.hasRedundantAnchors == (start || end))
  }

  @Test(arguments: [
    ("", true), ("foo", true), (#"foo\.bar"#, true), ("foo.bar", false), ("[.]x", true), ("[a-a]", true),
    ("[ab]", false), ("[^a]", false), ("foo|bar", false), ("(foo)(?:bar)", true), ("(?i)foo", false),
    ("(?i:f)oo", false),
    ("(?i:)foo", true), (#"\Qa*\E"#, true), ("a{1}", false), ("a*", false), (#"\x41\t"#, true), (#"\d"#, false),
    ("^foo$", false), ("[[:alpha:]]", false),
  ])
  func aLiteralIsSeen(pattern: String, isLiteral: Bool) throws {
    #expect(try RE2Syntax.check(pattern).isLiteral == isLiteral)
  }

  // MARK: Limits

  @Test func depthIsLimitedAsInGo() throws {
    func nested(_ open: String, _ close: String, _ depth: Int) -> String {
      String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
    }
    // The anchors around a matcher are one level more.
    #expect(throws: Never.self) { try RE2Syntax.check(nested("(", ")", 998)) }
    #expect(throws: Never.self) { try RE2Syntax.check(nested("(?:", ")*", 998)) }
    #expect(throws: Never.self) { try RE2Syntax.check(nested("(?:", ")", 100_000)) }
    for pattern in [nested("(", ")", 999), nested("(?:", ")*", 999), nested("(", ")", 100_000)] {
      let error = #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check(pattern) }
      #expect(error?.reason == .nestsTooDeeply)
      #expect(error?.fragment == pattern)
    }
    #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check(String(repeating: "(", count: 100_000)) }
  }

  @Test func sizeIsLimitedAsInGo() throws {
    #expect(throws: Never.self) { try RE2Syntax.check(String(repeating: "a{1000}", count: 3350)) }
    for pattern in [
      String(repeating: "a{1000}", count: 3356), "(" + String(repeating: "(xx?)", count: 1000) + "){1000}",
      String(repeating: "(xx?){1000}", count: 1000),
    ] {
      let error = #expect(throws: RE2SyntaxError.self) { try RE2Syntax.check(pattern) }
      #expect(error?.reason == .tooLarge)
    }
  }

  // MARK: Recorded and random

  /// A pattern, and what Go 1.27 says of it.
  private struct Recorded: Decodable {
    let pattern: String
    var error: String?
    var matchesEmpty: Bool?
    var startsWithAnchor: Bool?
    var endsWithAnchor: Bool?
  }

  @Test func verdictsAreThoseOfGo() throws {
    let cases: [Recorded] = try RecordedCases.load("re2")
    #expect(cases.count > 2000)
    for recorded in cases {
      do {
        let facts = try RE2Syntax.check(recorded.pattern)
        #expect(recorded.error == nil, "\(recorded.pattern)")
        #expect(facts.matchesEmpty == recorded.matchesEmpty, "\(recorded.pattern)")
        #expect(facts.startsWithAnchor == recorded.startsWithAnchor ?? facts.startsWithAnchor, "\(recorded.pattern)")
        #expect(facts.endsWithAnchor == recorded.endsWithAnchor ?? facts.endsWithAnchor, "\(recorded.pattern)")
      } catch {
        #expect(error.description == recorded.error, "\(recorded.pattern)")
      }
    }
  }

  @Test(arguments: [UInt64](0..<40))
  func anyBytesGetAVerdict(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = Array(#"ab(?:P<n>)i-mU|^$.*+?{2,3}[]\pdQExbz0:é"#.utf8) + [0xFF, 0x00, 0x0A]
    for _ in 0..<500 {
      let pattern = (0..<random.below(40)).map { _ in random.pick(pieces) }
      do {
        _ = try RE2Syntax.check(pattern)
      } catch {
        #expect(0...pattern.count ~= error.offset)
      }
    }
  }

  /// What repeats the costliest steps many times: were one of them to look at all that follows, this would not end in time.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "[", "[:", "[[:", "(", "(?:", "(?i)", "a|", "|", "a*", "{", "{1", "{1,", #"\Q"#, #"\x{"#, "a{2}b", "^", "(a",
    ])
  func workGrowsWithTheLength(piece: String) {
    let pattern = String(repeating: piece, count: 10_000)
    for text in [pattern, "[" + pattern, pattern + "x" + String(repeating: ")", count: 10_000)] {
      _ = try? RE2Syntax.check(text)
    }
  }
}
