import TestSupport
import Testing

@testable import Model

/// Whatever comes: an answer, whose work and whose size are in proportion to the text.
@Suite struct PromQLFuzzTests {
  @Test(arguments: PromQLDialect.allCases)
  func bytesGetAnAnswer(dialect: PromQLDialect) {
    let parser = PromQLParser(dialect)
    var generator = PromQLGenerator(seed: 1)
    for count in 0..<3000 { Self.expectAnswer(to: generator.bytes(count: count % 60), parser) }
  }

  @Test(arguments: PromQLDialect.allCases)
  func wordsWithoutSenseGetAnAnswer(dialect: PromQLDialect) {
    let parser = PromQLParser(dialect, features: dialect == .cortex ? nil : .everything)
    var generator = PromQLGenerator(seed: 2)
    for _ in 0..<5000 { Self.expectAnswer(to: Array(generator.wordSoup().utf8), parser) }
  }

  @Test(arguments: PromQLDialect.allCases)
  func durationsWithoutSenseGetAnAnswer(dialect: PromQLDialect) {
    var generator = PromQLGenerator(seed: 5)
    for features in [nil, PromQLFeatures.everything] {
      let parser = PromQLParser(dialect, features: features)
      for _ in 0..<5000 { Self.expectAnswer(to: Array(generator.durationSoup().utf8), parser) }
    }
  }

  @Test(arguments: PromQLDialect.allCases)
  func whatIsCutOffGetsAnAnswer(dialect: PromQLDialect) {
    let parser = PromQLParser(dialect)
    var generator = PromQLGenerator(seed: 3)
    for _ in 0..<100 {
      let text = Array(generator.expression().utf8)
      for end in 0...text.count { Self.expectAnswer(to: Array(text[..<end]), parser) }
    }
  }

  /// Every error stands in the text, and what is taken can be printed and read again.
  private static func expectAnswer(
    to text: [UInt8], _ parser: PromQLParser, _ location: SourceLocation = #_sourceLocation
  ) {
    let name = Comment(rawValue: String(decoding: text, as: UTF8.self))
    do throws(PromQLErrors) {
      let expression = try parser.parse(text.span)
      let printed = expression.canonical()
      #expect(try parser.parse(printed).canonical() == printed, name, sourceLocation: location)
      #expect(expression.nodes.count <= text.count, name, sourceLocation: location)
      #expect(expression.nodes.allSatisfy { $0.range.upperBound <= text.count }, name, sourceLocation: location)
    } catch {
      #expect(1...parser.limits.errors ~= error.errors.count, name, sourceLocation: location)
      for error in error.errors {
        #expect(error.range.upperBound <= text.count, name, sourceLocation: location)
        #expect(error.line >= 1 && error.column >= 1, name, sourceLocation: location)
        #expect(!error.message.isEmpty, name, sourceLocation: location)
      }
    }
  }

  // MARK: - Depth

  private static let shapes = [
    ("(", "a", ")"), ("-", "a", ""), ("+ -", "1", ""), ("sum(", "a", ")"), ("abs(", "a", ")"), ("a ^ ", "a", ""),
    ("a + (", "a", ")"), ("a or b and c == d + e * f ^ -(", "a", ")"), ("topk(1, ", "a", ")"),
    ("sum by (x) (", "a", ")"),
    ("clamp(a, 1, ", "1", ")"), ("", "a", "[5m:]"), ("a[5m:(", "1", ")]"), ("(", "", ""), ("sum(", "", ""),
    ("-", "", ""),
    ("a[", "", ""), ("a ^ ", "", ""), ("a[5m + (", "1", ""), ("a[-", "1", "]"), ("a[max(1, ", "1", ")]"), ("{", "", ""),
    ("a offset (", "5m", ")"), ("a offset -", "5m", ""), ("sum by (", "", ""), ("a{b=", "", ""),
  ]

  @Test(arguments: shapes)
  func depthIsBounded(open: String, middle: String, close: String) {
    for features in [[], PromQLFeatures.everything] {
      let parser = PromQLParser(features: features)
      let text = String(repeating: open, count: 20_000) + middle + String(repeating: close, count: 20_000)
      Self.expectAnswer(to: Array(text.utf8), parser)
      #expect(!parser.messages(of: text).isEmpty)
    }
  }

  @Test func theLimitOfDepthIsKept() {
    let parser = PromQLParser(limits: PromQLLimits(nesting: 10))
    let message = "parse error: expression is nested more than 10 levels deep"
    func nested(_ count: Int, _ open: String, _ close: String = "") -> [String] {
      parser.messages(of: String(repeating: open, count: count) + "a" + String(repeating: close, count: count))
    }
    #expect(nested(9, "(", ")") == [])
    #expect(nested(10, "(", ")") == ["1:11: \(message)"])
    #expect(nested(9, "-") == [])
    #expect(nested(10, "-") == ["1:11: \(message)"])
    #expect(nested(9, "a ^ ") == [])
    #expect(nested(10, "a ^ ") == ["1:41: \(message)"])
    #expect(nested(100, "a + ") == [])
  }

  @Test func theLimitOfLengthIsKept() {
    let parser = PromQLParser(limits: PromQLLimits(length: 10))
    #expect(parser.messages(of: "abcdefghij") == [])
    #expect(parser.messages(of: "abcdefghijk") == ["1:1: parse error: expression is longer than 10 bytes"])
  }

  @Test func theLimitOfErrorsIsKept() {
    let parser = PromQLParser(limits: PromQLLimits(errors: 3))
    #expect(parser.messages(of: String(repeating: "{} + ", count: 100) + "a").count == 3)
    #expect(PromQLParser(limits: PromQLLimits(errors: 0)).messages(of: "{} + {}").count == 1)
  }

  // MARK: - Length

  /// Texts of a part again and again, and how many nodes each part makes at most.
  @Test(arguments: [
    ("a", " + a"), ("a", " or on (b) a"), ("1", " - 1"), ("a[5m", " + 1s"), ("a{", "b=\"c\","), ("a{", "b=c,"),
    ("sum by (", "a,"), ("sum by (", "a a,"), ("label_join(a,'b','c'", ",'d'"), ("abs(a", ",b"), ("abs(a", ",,"),
    ("", "{} + "),
    ("", "foo() + "), ("", "1 == 1 + "), ("", "# c\n"), ("", "    "), ("", "fill "), ("", "a "), ("'", "\\n"),
    ("", "9"),
    ("a offset ", "1h"), ("", "a,"), ("", "\n\n$"),
  ])
  func workGrowsWithTheText(start: String, part: String) {
    func work(_ count: Int) -> (words: Int, nodes: Int) {
      let text = start + String(repeating: part, count: count)
      let parser = PromQLParser(.mimir)
      let nodes = (try? parser.parse(text))?.nodes.count ?? 0
      return (Self.words(of: text), nodes)
    }
    let (single, double) = (work(10_000), work(20_000))
    #expect(double.words <= 2 * single.words)
    #expect(double.nodes <= 2 * single.nodes)
    #expect(double.nodes <= double.words)
  }

  /// How many words are read: each of them once, since the lexer only goes forward.
  private static func words(of text: String) -> Int {
    var lexer = PromQLLexer(text.utf8Span.span, dialect: .mimir)
    var count = 0
    while let token = try? lexer.next(), token.kind != .endOfInput { count += 1 }
    return count
  }

  @Test func aLongRowIsReadCheckedAndPrinted() throws {
    let text = "a" + String(repeating: " + a", count: 100_000)
    let expression = try PromQLParser().parse(text)
    #expect(expression.nodes.count == 200_001)
    #expect(expression.canonical() == text)
    let durations = "a[5m" + String(repeating: " + 1m", count: 100_000) + "]"
    #expect(try PromQLParser(.mimir).parse(durations).canonical() == durations)
  }

  @Test func aPatternIsCheckedOnce() throws {
    let patterns = CountingPatterns()
    let parser = PromQLParser(patterns: patterns)
    _ = try parser.parse("sum(rate({a=~'b', c!~'d', e='f'}[5m])) / sum({a=~'b'}) and (g{h=~'i'})")
    #expect(patterns.count.value == 4)
  }
}

extension PromQLFeatures {
  fileprivate static let everything: PromQLFeatures = [
    .experimentalFunctions, .durationExpressions, .extendedRangeSelectors, .fillModifiers,
  ]
}

/// Counts how often it is asked.
private struct CountingPatterns: PromQLPatternChecker {
  let count = Counter("patterns", help: "How many were checked.")

  func matchesEmpty(_ pattern: [UInt8]) throws(PromQLPatternError) -> Bool {
    count.increment()
    return false
  }
}
