import Model
import TestSupport
import Testing

/// The parser against the package promql-parser: verdicts, and that what is printed means the same to it.
@Suite(.enabled(if: PythonPromQL.interpreter != nil, "\(PythonPromQL.missing)"), .timeLimit(.minutes(5)))
struct PythonPromQLTests {
  private static let parser = PromQLParser(patterns: RE2Patterns())

  @Test func bothTakeTheSameOrThereIsAReason() async throws {
    let expressions = PromQLCorpus.expressions(seed: 2, count: 5000).map { text in
      (text: text, other: (try? Self.parser.parse(text))?.canonical())
    }
    let verdicts = try await PythonPromQL.verdicts(on: expressions)
    try #require(verdicts.count == expressions.count)
    var (sound, broken, explained) = (0, 0, 0)
    for ((text, canonical), verdict) in zip(expressions, verdicts) {
      switch (verdict.text, canonical) {
      case (nil, nil): broken += 1
      case (let theirs?, .some) where Self.essence(theirs) == Self.essence(verdict.again ?? ""): sound += 1
      case _ where Self.isExplained(text, canonical, verdict): explained += 1
      default: Issue.record("\(text)\nours: \(canonical ?? "broken")\ntheirs: \(verdict)")
      }
    }
    // Most of them are to be compared, and not explained away.
    #expect(
      sound > 1500 && broken > 1500 && explained < 1200, "\(sound) sound, \(broken) broken, \(explained) explained")
  }

  /// The characters of an expression, without regard to the order of matchers, and without what says nothing.
  private static func essence(_ text: String) -> [Character] {
    text.replacing("by ()", with: "").replacing("ignoring ()", with: "").filter { !$0.isWhitespace }.sorted()
  }

  /// Whether a difference is one of those in Docs/PromQL.md.
  private static func isExplained(_ text: String, _ canonical: String?, _ verdict: PythonPromQL.Verdict) -> Bool {
    let error = verdict.error ?? ""
    // It does not get as far as a verdict.
    if error.hasPrefix("panic: ") { return true }
    let isMoreStrict =
      error.contains("unknown escape sequence") && text.contains("`")
      || error.contains("bad number") && text.contains(/\d_/) || error.contains("is not valid label in grouping opts")
      || error.contains("unexpected character inside brackets: '#'")
      || error.contains("duration must be greater than 0")
      || text.contains(/(?i)smoothed|anchored/) || text.contains(/(?i)offset\s*[+\-]\s*[+\-]/)
    let isLessStrict = canonical == nil && verdict.text != nil && text.contains(/1e400|~`a\+\+`|=~/)
    return canonical != nil && isMoreStrict || isLessStrict
  }
}
