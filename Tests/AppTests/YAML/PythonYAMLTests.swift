import Foundation
import Model
import TestSupport
import Testing

/// Python's reader of YAML, which shares nothing with libyaml but its author.
enum PythonYAML {
  static let interpreter = PythonEnvironment.interpreter(importing: "yaml")
  static let missing = PythonEnvironment.missing("yaml")

  /// Prints a line of JSON for each document. A value that is no text, list or mapping is marked.
  private static let program = """
    import json, sys, yaml
    def marked(value):
        if isinstance(value, dict): return {marked(k): marked(v) for k, v in value.items()}
        if isinstance(value, list): return [marked(v) for v in value]
        return value if isinstance(value, str) else "no text: %r" % (value,)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        for document in yaml.load_all(file, Loader=yaml.SafeLoader):
            print(json.dumps(marked(document), ensure_ascii=True))
    """

  /// The documents of a text, as Python reads them.
  static func documents(in text: String) async throws -> [DocumentNode] {
    guard let interpreter else { throw CocoaError(.fileNoSuchFile) }
    let directory = try TemporaryDirectory()
    try directory.write(text, to: "documents.yaml")
    let process = try ChildProcess(interpreter, ["-c", program, "\(directory.path)/documents.yaml"])
    guard try await process.waitForExit(within: .seconds(60)) == .code(0) else {
      throw MalformedReply(description: process.errorLines.joined(separator: "\n"))
    }
    return try process.outputLines.map { try JSONReader.read(Array($0.utf8)) }
  }
}

/// What is written is what Python reads, whatever is in it.
@Suite(.enabled(if: PythonYAML.interpreter != nil, "\(PythonYAML.missing)"), .timeLimit(.minutes(5)))
struct PythonYAMLTests {
  private func expectSame(_ back: [DocumentNode], _ documents: [DocumentNode]) {
    #expect(back.count == documents.count)
    for (back, document) in zip(back, documents) {
      #expect(JSONWriter.text(of: back) == JSONWriter.text(of: document), "\(YAMLWriter.text(of: document))")
    }
  }

  @Test(arguments: UInt64(0)..<4) func documentsReadBackAsTheyWere(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let documents = (0..<250).map { _ in RandomDocument.make(&random) }
    expectSame(try await PythonYAML.documents(in: YAMLWriter.text(of: documents)), documents)
  }

  /// JSON that rulers read as YAML.
  @Test func jsonIsYAML() async throws {
    var random = SplitMix64(seed: 99)
    let documents = (0..<250).map { _ in RandomDocument.make(&random, depth: 3) }
    let text = documents.map { "--- \(JSONWriter.text(of: $0))\n" }.joined()
    expectSame(try await PythonYAML.documents(in: text), documents)
  }
}
