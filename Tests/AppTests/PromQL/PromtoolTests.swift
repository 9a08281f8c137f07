import Foundation
import Model
import TestSupport
import Testing

/// The parser against Prometheus' own, of Debian's version: verdicts, messages and places.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: Promtool.binary.path),
    "promtool is not installed at \(Promtool.binary.path)"),
  .timeLimit(.minutes(5)))
struct PromtoolTests {
  private static let parser = PromQLParser(patterns: RE2Patterns())

  @Test func bothSayTheSameOrThereIsAReason() async throws {
    let expressions = PromQLCorpus.expressions(seed: 1, count: 5000)
    let messages = try await Promtool.messages(of: expressions)
    var (sound, broken, explained) = (0, 0, 0)
    for (index, expression) in expressions.enumerated() {
      let (theirs, ours) = (messages[index], Self.message(of: expression))
      if theirs == ours {
        if ours == nil { sound += 1 } else { broken += 1 }
      } else if PromtoolDifference(expression, promtool: theirs, ours: ours) != nil {
        explained += 1
      } else {
        Issue.record("\(expression)\npromtool: \(theirs ?? "sound")\nours: \(ours ?? "sound")")
      }
    }
    // Most of them are to be compared, and not explained away.
    #expect(
      sound > 1500 && broken > 1500 && explained < 1000, "\(sound) sound, \(broken) broken, \(explained) explained")
  }

  /// The first line of what is said first: promtool shows no more.
  private static func message(of expression: String) -> String? {
    do throws(PromQLErrors) {
      _ = try parser.parse(expression)
      return nil
    } catch {
      return error.description.split(separator: "\n").first.map(String.init)
    }
  }
}
