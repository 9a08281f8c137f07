import Foundation
import TestSupport
import Testing

/// The real sender, writing to a proxy that asks who it is.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: PrometheusProcess.binary.path),
    "Prometheus is not installed at \(PrometheusProcess.binary.path)"),
  .serialized, .timeLimit(.minutes(5)))
struct PrometheusSecurityTests {
  /// Runs `body` with a Prometheus that writes to a proxy, and with what arrives.
  private func withSender(
    _ row: SecuredWriteCase, _ body: (PrometheusProcess, SandboxReader) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try row.secret.write(to: directory.appending(path: "secret"), atomically: true, encoding: .utf8)
    let certificates = try await TestCertificates.shared
    let proxy = try await ProxyProcess.start(
      ["--sandbox", "--sandbox-port", "0"] + row.arguments(certificates) + access(row, in: directory))
    let sandbox = SandboxReader(port: try await proxy.process.port(of: "sandbox"))
    let target = row.target(port: proxy.port, directory: directory.path, certificates)
    let prometheus = try await PrometheusProcess.start(in: directory, jobs: ["team-a"], target: target)
    try await body(prometheus, sandbox)
    #expect(try await proxy.process.terminate(within: .seconds(60)) == .code(0))
  }

  /// Writes the proxy's file of secrets, where it has one.
  private func access(_ row: SecuredWriteCase, in directory: URL) throws -> [String] {
    guard let (option, contents) = row.proxyFile else { return [] }
    let file = directory.appending(path: "access")
    try contents.write(to: file, atomically: true, encoding: .utf8)
    return [option, file.path]
  }

  @Test(arguments: SecuredWriteCase.accepted)
  func whoMayWriteDoes(_ row: SecuredWriteCase) async throws {
    try await withSender(row) { _, sandbox in
      try await sandbox.wait(for: "samples") { tenants in
        ["0", "team-a"].allSatisfy { (tenants[$0]?.samples ?? 0) > 0 }
      }
    }
  }

  @Test(arguments: SecuredWriteCase.refused)
  func whoMayNotWriteDoesNot(_ row: SecuredWriteCase) async throws {
    let failures = try #require(row.failures)
    try await withSender(row) { prometheus, sandbox in
      let limit = Duration.seconds(60)
      let deadline = ContinuousClock.now + limit
      while try await prometheus.metric(failures) == 0 {
        guard ContinuousClock.now < deadline else {
          throw DeadlineExceeded(what: failures, limit: limit, state: "\(prometheus.process.errorLines)")
        }
      }
      #expect(try await sandbox.tenants().isEmpty)
    }
  }
}
