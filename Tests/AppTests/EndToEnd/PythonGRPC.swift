import Foundation
import TestSupport

/// The client in Python, whose gRPC is Google's own.
enum PythonGRPC {
  private static let client = PythonEnvironment.root.appending(path: "Tests/Fixtures/grpc/client.py").path

  /// A Python that can import grpc.
  static let interpreter = PythonEnvironment.interpreter(importing: "grpc")

  /// Why there is none.
  static let missing = PythonEnvironment.missing("grpc")

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
