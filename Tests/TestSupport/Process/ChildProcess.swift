package import Foundation
import Glibc

/// A real program, started by a test and ended with it: when the test is done with it, and when the
/// tests themselves are killed.
package final class ChildProcess: Sendable {
  /// What is known of the process.
  package struct Observed: Sendable {
    /// The lines on standard error so far.
    package var errorLines: [String] = []
    /// The lines on standard output so far.
    package var outputLines: [String] = []
    /// How it ended, once it has and all its lines are there.
    package var status: ExitStatus?
  }

  /// What has been seen of the process so far, for waiting on anything of it.
  package let observed = Watched(Observed())

  private let process: SpawnedProcess

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: The path of an executable.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: Variables beside those of the tests.
  package init(_ program: URL, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process = try SpawnedProcess(
      [program.path] + arguments, environment: variables.map { "\($0)=\($1)" },
      error: { [observed] line in observed.update { $0.errorLines.append(line) } },
      output: { [observed] line in observed.update { $0.outputLines.append(line) } },
      ended: { [observed] status in observed.update { $0.status = status } })
  }

  deinit {
    process.signal(SIGKILL)
  }

  /// The process's id.
  package var id: pid_t { process.id }

  /// The lines on standard error so far.
  package var errorLines: [String] { observed.value.errorLines }

  /// The lines on standard output so far.
  package var outputLines: [String] { observed.value.outputLines }

  /// Waits for a line on standard error that contains a match of a pattern.
  ///
  /// - Returns: The first such line, be it from before the call.
  @discardableResult
  package func errorLine(
    matching pattern: String, within limit: Duration = .seconds(10)
  ) async throws -> String {
    // A process that has ended says nothing more: no reason to wait on.
    let observed = try await observed.wait(for: "a line like /\(pattern)/", within: limit) {
      $0.status != nil || Self.line(of: $0, matching: pattern) != nil
    }
    guard let line = Self.line(of: observed, matching: pattern) else {
      throw DeadlineExceeded(what: "a line like /\(pattern)/", limit: limit, state: "ended: \(observed)")
    }
    return line
  }

  /// The port in the first line of the form `NAME listening on http://HOST:PORT`, or https.
  package func port(of name: String, within limit: Duration = .seconds(10)) async throws -> Int {
    let line = try await errorLine(matching: "\(name) listening on https?://[^ ]*:[0-9]+", within: limit)
    let digits = line.range(of: "\(name) listening on https?://[^ ]*:", options: .regularExpression)
      .map { line[$0.upperBound...].prefix { $0.isASCII && $0.isNumber } }
    guard let port = digits.flatMap({ Int($0) }) else { throw CocoaError(.formatting) }
    return port
  }

  /// Sends a signal, unless the process has ended.
  package func signal(_ number: CInt) {
    process.signal(number)
  }

  /// Waits for the process to end by itself.
  @discardableResult
  package func waitForExit(within limit: Duration = .seconds(10)) async throws -> ExitStatus {
    let observed = try await observed.wait(for: "process \(id) to end", within: limit) { $0.status != nil }
    guard let status = observed.status else { preconditionFailure("waited for the status") }
    return status
  }

  /// Asks the process to end, by SIGTERM, and waits until it has.
  @discardableResult
  package func terminate(within limit: Duration = .seconds(60)) async throws -> ExitStatus {
    signal(SIGTERM)
    return try await waitForExit(within: limit)
  }

  private static func line(of observed: Observed, matching pattern: String) -> String? {
    observed.errorLines.first { $0.range(of: pattern, options: .regularExpression) != nil }
  }
}
