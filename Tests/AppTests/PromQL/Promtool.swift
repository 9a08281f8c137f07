import Foundation
import TestSupport

/// `promtool check rules` of Debian's Prometheus.
enum Promtool {
  /// What promtool wrote is not what was expected.
  struct Unreadable: Error {}

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

  /// What is said of whole files, by their places in the list; of those that are sound, nothing.
  static func complaints(about files: [String]) async throws -> [Int: [String]] {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let paths = files.indices.map { directory.appending(path: "\($0).yml").path }
    for (path, text) in zip(paths, files) { try Data(text.utf8).write(to: URL(filePath: path)) }
    let process = try ChildProcess(binary, ["check", "rules", "--lint=none"] + paths)
    try await process.waitForExit(within: .seconds(120))
    // Files are checked in their order; those that fail have a paragraph of standard error each.
    let sound = Set(
      zip(process.outputLines, process.outputLines.dropFirst()).filter { $1.contains("SUCCESS") }.map(\.0))
    let broken = files.indices.filter { !sound.contains("Checking \(paths[$0])") }
    let paragraphs = process.errorLines.split(omittingEmptySubsequences: false) { $0 == "  FAILED:" }.dropFirst()
    let complaints = Dictionary(uniqueKeysWithValues: zip(broken, paragraphs.map(Array.init)))
    guard complaints.count == broken.count, paragraphs.count == broken.count else { throw Unreadable() }
    return complaints
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
