import Foundation
import Model
import TestSupport
import Testing
import Transport

/// The check of rule files against Prometheus' own, of Debian's version: verdicts on whole files.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: Promtool.binary.path),
    "promtool is not installed at \(Promtool.binary.path)"),
  .timeLimit(.minutes(5)))
struct PromtoolFileTests {
  @Test func filesAreJudgedAlikeOrThereIsAReason() async throws {
    let files = RuleFileCorpus.files(seed: 1, count: 1000)
    let complaints = try await Promtool.complaints(about: files)
    let validator = RuleValidator(lints: [], unknownFields: .error)
    var (sound, broken, explained) = (0, 0, 0)
    for (index, text) in files.enumerated() {
      let check = RuleFileCheck(name: "f.yml", text: Array(text.utf8), reader: YAMLReader(), validator: validator)
      let findings = check.findings.map(\.finding).filter { $0.severity == .error }
      let isSound = findings.isEmpty && check.hasRules
      if isSound == (complaints[index] == nil) {
        if isSound { sound += 1 } else { broken += 1 }
      } else if PromtoolFileDifference(promtool: complaints[index] ?? [], ours: findings) != nil {
        explained += 1
      } else {
        Issue.record("\(text)\npromtool: \(complaints[index] ?? ["sound"])\nours: \(findings.map(\.message))")
      }
    }
    #expect(sound > 100 && broken > 500 && explained < 40, "\(sound) sound, \(broken) broken, \(explained) explained")
  }
}
