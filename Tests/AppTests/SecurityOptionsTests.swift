import Foundation
import Model
import TestSupport
import Testing
import Transport

@testable import App

struct SecurityOptionsTests {
  private func configuration(_ words: [String]) throws -> ServeConfiguration {
    try ServeConfiguration(words: words)
  }

  @Test(arguments: [
    (["--tls-certificate-file", "c"], "--tls-certificate-file needs --tls-key-file"),
    (["--tls-key-file", "k"], "--tls-key-file needs --tls-certificate-file"),
    (["--tls-client-ca-file", "a"], "--tls-client-ca-file needs --tls-certificate-file and --tls-key-file"),
    (
      ["--tls-certificate-file", "c", "--tls-key-file", "k", "--tls-handshake-timeout-seconds", "0"],
      "--tls-handshake-timeout-seconds must be above 0"
    ),
    (["--protect-metrics"], "--protect-metrics needs --bearer-token-file or --basic-auth-file"),
    (
      ["--upstream-client-certificate-file", "c"],
      "--upstream-client-certificate-file needs --upstream-client-key-file"
    ),
    (["--upstream-client-key-file", "k"], "--upstream-client-key-file needs --upstream-client-certificate-file"),
    (["--upstream-ca-file", "/no/such"], "upstream: /no/such: No such file or directory"),
    (["--upstream-bearer-token-file", "/no/such"], "upstream: /no/such: No such file or directory"),
    (["--upstream-bearer-token-file", "a", "--upstream-basic-auth-file", "b"], "exclude each other"),
    (["--upstream-header", "secret"], "--upstream-header must be NAME=VALUE"),
    (["--upstream-header", "=secret"], "the name before '=' is not one of a header field"),
    (["--upstream-header", "a b=secret"], "the name before '=' is not one of a header field"),
    (["--upstream-header", "A=secret\r\nB: c"], "the value of A is empty or has control characters"),
    (["--upstream-header", "A="], "the value of A is empty or has control characters"),
    (["--upstream-header", "x-scope-orgid=secret"], "x-scope-orgid is what openmmt sets itself"),
    (["--upstream-header", "Authorization=secret"], "Authorization is what openmmt sets itself"),
    (["--upstream-header", "Transfer-Encoding=secret"], "Transfer-Encoding is what openmmt sets itself"),
    (["--ruler-client-key-file", "k"], "--ruler-client-key-file needs --ruler-client-certificate-file"),
    (["--ruler-ca-file", "/no/such"], "ruler: /no/such: No such file or directory"),
    (["--ruler-bearer-token-file", "a", "--ruler-basic-auth-file", "b"], "--ruler-basic-auth-file and --ruler-"),
    (["--ruler-header", "a b=secret"], "--ruler-header: the name before '=' is not one of a header field"),
    (["--ruler-header", "Host=secret"], "--ruler-header: Host is what openmmt sets itself"),
  ])
  func whatMakesNoSenseIsRefused(_ words: [String], _ message: String) throws {
    let error = try #require(throws: UsageError.self) { try configuration(words) }
    #expect("\(error)".contains(message))
    #expect(!"\(error)".contains("secret"))
  }

  @Test func headerFieldsAreTakenInOrder() throws {
    let fields = try configuration(["--upstream-header", "A=b=c", "--upstream-header", "X-D=e f"]).proxy.upstream.fields
    #expect(fields.fields.map(\.name) == ["A", "X-D"])
    #expect(fields.fields.map(\.value) == ["b=c", "e f"])
  }

  @Test func thereIsNoEncryptionOrPermissionUnlessAskedFor() throws {
    let configuration = try configuration([])
    #expect(configuration.listener.security.tls == nil)
    #expect(configuration.authorizations.isEmpty)
    #expect(try ListenerSecurity(configuration.listener.security).access(protectsSubmissions: true) == nil)
  }

  @Test func filesThatAreNotInOrderAreRefusedWithTheirLine() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "passwords-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "# users\nana:secret\n".write(toFile: file, atomically: true, encoding: .utf8)
    let configuration = try configuration(["--basic-auth-file", file])
    let error = try #require(throws: UsageError.self) { try ListenerSecurity(configuration.listener.security) }
    #expect("\(error)".hasPrefix("\(file): line 2: "))
    #expect(!"\(error)".contains("secret"))
  }

  @Test(.timeLimit(.minutes(1))) func theProgramEncryptsAndAsksForPermission() async throws {
    let certificates = try await TestCertificates.shared
    let tokens = TestCertificates.folder.appending(path: "tokens").path
    try "first-token\n".write(toFile: tokens, atomically: true, encoding: .utf8)
    let program = try ChildProcess(
      BuiltProduct.url("openmmt"),
      [
        "--port", "0", "--bearer-token-file", tokens, "--protect-metrics", "--tls-certificate-file",
        certificates.server.certificate, "--tls-key-file", certificates.server.key, "--tls-client-ca-file",
        certificates.authority.certificate,
      ])
    let port = try await program.port(of: "proxy")
    func status(_ path: String, _ token: String? = nil) async throws -> String {
      let curl = try ChildProcess(
        URL(filePath: "/usr/bin/curl"),
        [
          "-sS", "--http1.1", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}\\n", "--cacert",
          certificates.authority.certificate, "--cert", certificates.client.certificate, "--key",
          certificates.client.key, "https://localhost:\(port)\(path)",
        ] + (token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []))
      try await curl.waitForExit()
      return (curl.outputLines + curl.errorLines).joined(separator: " ")
    }
    #expect(try await status("/-/ready") == "200")
    #expect(try await status("/metrics") == "401")
    #expect(try await status("/metrics", "first-token") == "200")

    try "second-token\n".write(toFile: tokens, atomically: true, encoding: .utf8)
    program.signal(SIGHUP)
    try await program.errorLine(matching: "read again: .*tokens")
    #expect(try await status("/metrics", "first-token") == "401")
    #expect(try await status("/metrics", "second-token") == "200")
    #expect(try await program.terminate() == .code(0))
    #expect(!program.errorLines.contains { $0.contains("-token") })
  }
}
