import Foundation
import TestSupport

/// The package promql-parser: a port of Prometheus' parser to Rust, called from Python.
enum PythonPromQL {
  /// What that parser makes of an expression.
  struct Verdict: Decodable {
    /// What is wrong with the expression.
    var error: String?
    /// The expression as that parser prints it.
    var text: String?
    /// The other form of the expression as that parser prints it.
    var again: String?
  }

  private static let script = PythonEnvironment.root.appending(path: "Tests/Fixtures/promql/verdicts.py").path

  /// A Python that can import the parser.
  static let interpreter = PythonEnvironment.interpreter(importing: "promql_parser")

  /// Why there is none.
  static let missing = PythonEnvironment.missing("promql_parser")

  /// What that parser makes of expressions, of which some have another form. One process looks at all of them.
  static func verdicts(on expressions: [(text: String, other: String?)]) async throws -> [Verdict] {
    guard let interpreter else { throw CocoaError(.fileNoSuchFile) }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let lines = try expressions.map { try JSONEncoder().encode([$0.text, $0.other]) + Data("\n".utf8) }
    try Data(lines.joined()).write(to: file)
    let process = try ChildProcess(interpreter, [script, file.path])
    let status = try await process.waitForExit(within: .seconds(120))
    guard status == .code(0) else {
      throw MalformedReply(description: process.errorLines.joined(separator: "\n"))
    }
    return try process.outputLines.map { try JSONDecoder().decode(Verdict.self, from: Data($0.utf8)) }
  }
}
