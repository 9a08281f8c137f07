import Foundation
import TestSupport

/// `promtool check rules` of Debian's Prometheus.
enum Promtool {
  /// Where Debian's package puts it.
  static let binary = URL(filePath: "/usr/bin/promtool")

  /// What is said of expressions, by their places in the list; of those that are sound, nothing.
  ///
  /// Each expression is a rule of one file, which is checked once.
  static func messages(of expressions: [String]) async throws -> [Int: String] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ruleFile(expressions).utf8).write(to: file)
    let process = try ChildProcess(binary, ["check", "rules", "--lint=none", file.path])
    try await process.waitForExit(within: .seconds(120))
    var messages: [Int: String] = [:]
    for line in process.errorLines + process.outputLines {
      guard let match = line.firstMatch(of: /rule \d+, "r(\d+)": could not parse expression: (.*)/),
        let index = Int(match.1)
      else { continue }
      messages[index] = String(match.2)
    }
    return messages
  }

  private static func ruleFile(_ expressions: [String]) -> String {
    let rules = expressions.enumerated().map { "  - {record: r\($0), expr: \(quoted($1))}\n" }
    return "groups:\n- name: g\n  rules:\n" + rules.joined()
  }

  /// Text as YAML has it between double quotes.
  private static func quoted(_ text: String) -> String {
    let characters = text.unicodeScalars.map { character in
      switch character {
      case "\"", "\\": "\\\(character)"
      case " "..."~": "\(character)"
      default: "\\U" + String(repeating: "0", count: 8 - hexadecimal(character).count) + hexadecimal(character)
      }
    }
    return "\"\(characters.joined())\""
  }

  private static func hexadecimal(_ character: Unicode.Scalar) -> String {
    String(character.value, radix: 16)
  }
}
