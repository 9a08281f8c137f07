import Foundation
import TestSupport

/// The client in Python, whose gRPC is Google's own.
enum PythonGRPC {
  private static let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

  private static let client = root.appending(path: "Tests/Fixtures/grpc/client.py").path

  private static let candidates = [root.appending(path: ".build/python/bin/python"), URL(filePath: "/usr/bin/python3")]

  /// A Python that can import grpc.
  static let interpreter = candidates.first(where: canImport)

  /// Why there is none.
  static let missing = "grpcio is in none of \(candidates.map(\.path)); Scripts/python-environment installs it"

  private static func canImport(_ python: URL) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import grpc"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Starts a call.
  static func start(_ arguments: [String], port: Int) throws -> ChildProcess {
    guard let interpreter else { throw CocoaError(.fileNoSuchFile) }
    return try ChildProcess(interpreter, [client, "127.0.0.1:\(port)"] + arguments)
  }

  /// Makes a call, and says what came of it.
  static func call(_ arguments: String..., port: Int) async throws -> PythonOutcome {
    try await outcome(of: try start(arguments, port: port))
  }

  /// What came of a call that has been started, once it has ended.
  static func outcome(of process: ChildProcess) async throws -> PythonOutcome {
    let status = try await process.waitForExit(within: .seconds(60))
    guard status == .code(0), let line = process.outputLines.last else {
      throw MalformedReply(description: process.errorLines.joined(separator: "\n"))
    }
    return try JSONDecoder().decode(PythonOutcome.self, from: Data(line.utf8))
  }
}
