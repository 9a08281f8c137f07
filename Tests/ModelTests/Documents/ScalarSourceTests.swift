import Foundation
import Model
import Testing

struct ScalarSourceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var source: String
    var text: String
    var style: ScalarStyle
    var at: SourcePosition
    /// What is looked for, in the text.
    var needle: String
    /// Where it stands.
    var expected: SourcePosition

    var testDescription: String { source }
  }

  @Test(arguments: [
    Case(
      source: "expr: sum(up", text: "sum(up", style: .plain, at: .init(line: 1, column: 7), needle: "up",
      expected: .init(line: 1, column: 11)),
    Case(
      source: "expr: 'a == ''b'' or c'", text: "a == 'b' or c", style: .singleQuoted, at: .init(line: 1, column: 7),
      needle: "or c", expected: .init(line: 1, column: 19)),
    Case(
      source: #"expr: "a{b=\"c\"} \u00e4 > x""#, text: "a{b=\"c\"} ä > x", style: .doubleQuoted,
      at: .init(line: 1, column: 7), needle: "x", expected: .init(line: 1, column: 28)),
    Case(
      source: "- expr: |\n    sum(\n      up\n    )\n", text: "sum(\n  up\n)\n", style: .literal,
      at: .init(line: 1, column: 9), needle: ")", expected: .init(line: 4, column: 5)),
    Case(
      source: "- expr: >-\n    sum(\n    up)\n", text: "sum( up)", style: .folded,
      at: .init(line: 1, column: 9), needle: "up", expected: .init(line: 3, column: 5)),
    Case(
      source: "expr: a\n  + b", text: "a + b", style: .plain, at: .init(line: 1, column: 7), needle: "b",
      expected: .init(line: 2, column: 5)),
    Case(
      source: "expr: \"a \\\n  + b\"", text: "a + b", style: .doubleQuoted, at: .init(line: 1, column: 7), needle: "b",
      expected: .init(line: 2, column: 5)),
    Case(
      source: #"expr: "a\nb""#, text: "a\nb", style: .doubleQuoted, at: .init(line: 1, column: 7), needle: "b",
      expected: .init(line: 1, column: 11)),
  ])
  func findsBytesWhereTheyAreWritten(_ test: Case) throws {
    let node = DocumentNode(.scalar(test.text, test.style), at: test.at)
    let offset = try #require(test.text.range(of: test.needle)).lowerBound.utf16Offset(in: test.text)
    let bytes = Array(test.text.utf16.prefix(offset))
    let position = ScalarSource(Array(test.source.utf8))
      .position(of: String(decoding: bytes, as: UTF16.self).utf8.count, in: node)
    #expect(position == test.expected)
  }

  @Test func findsThePlaceBehindTheLastByte() {
    let node = DocumentNode(.scalar("sum(", .plain), at: SourcePosition(line: 2, column: 3))
    #expect(
      ScalarSource(Array("- \n  sum(\n".utf8)).position(of: 4, in: node) == SourcePosition(line: 2, column: 7))
  }

  @Test(arguments: [(1, "one"), (2, "two"), (3, ""), (4, ""), (0, "")])
  func showsLines(_ number: Int, _ text: String) {
    #expect(ScalarSource(Array("one\r\ntwo\n".utf8)).line(number) == text)
  }

  @Test func takesWhateverItIsGiven() {
    var random: UInt64 = 1
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1
      return Int(random >> 33) % bound
    }
    let letters = Array("ab'\"\\\n xu ".utf8)
    for _ in 0..<2000 {
      let source = (0..<next(20)).map { _ in letters[next(letters.count)] }
      let text = String(decoding: (0..<next(10)).map { _ in letters[next(letters.count)] }, as: UTF8.self)
      let style = [ScalarStyle.plain, .singleQuoted, .doubleQuoted, .literal, .folded][next(5)]
      let node = DocumentNode(.scalar(text, style), at: SourcePosition(line: 1 + next(3), column: 1 + next(5)))
      _ = ScalarSource(source).position(of: next(15), in: node)
    }
  }
}
