package import Foundation

/// Certificates of two authorities, good ones and bad ones, made anew for every run of the tests by the
/// `openssl` command.
package struct TestCertificates: Sendable {
  /// A PEM file with a certificate, and one with its key.
  package struct Pair: Sendable {
    package let certificate: String
    package let key: String
  }

  /// Where the files are, until the tests end.
  package static let folder = FileManager.default.temporaryDirectory.appending(
    path: "openmmt-certificates-\(ProcessInfo.processInfo.processIdentifier)")

  private static let made = Task { try await TestCertificates() }

  /// The certificates, made when they are first asked for.
  package static var shared: TestCertificates {
    get async throws { try await made.value }
  }

  /// The authority that is trusted.
  package let authority: Pair
  /// Another one.
  package let otherAuthority: Pair
  /// For `localhost` and 127.0.0.1.
  package let server: Pair
  /// The same with another key.
  package let renewedServer: Pair
  /// For another host.
  package let misnamedServer: Pair
  /// For `localhost`, but not any more.
  package let expiredServer: Pair
  /// For `agent.example`.
  package let client: Pair
  /// Without alternative names.
  package let plainClient: Pair
  /// Not any more.
  package let expiredClient: Pair
  /// Of the other authority.
  package let otherClient: Pair

  private init() async throws {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: TestCertificates.folder) }
    authority = try await Self.makeAuthority("authority")
    otherAuthority = try await Self.makeAuthority("other-authority")
    let local = "DNS:localhost,IP:127.0.0.1"
    server = try await Self.issue("server", local, by: authority)
    renewedServer = try await Self.issue("renewed-server", local, by: authority)
    misnamedServer = try await Self.issue("misnamed-server", "DNS:elsewhere.example", by: authority)
    expiredServer = try await Self.issue("expired-server", local, days: -1, by: authority)
    client = try await Self.issue("client", "IP:127.0.0.9,DNS:agent.example", by: authority)
    plainClient = try await Self.issue("plain-client", nil, by: authority)
    expiredClient = try await Self.issue("expired-client", "DNS:agent.example", days: -1, by: authority)
    otherClient = try await Self.issue("other-client", "DNS:agent.example", by: otherAuthority)
  }

  private static func path(_ name: String) -> String { folder.appending(path: name).path }

  private static func makeAuthority(_ name: String) async throws -> Pair {
    let pair = Pair(certificate: path("\(name).pem"), key: path("\(name).key"))
    try await run(
      ["req", "-x509", "-days", "30", "-subj", "/CN=\(name)", "-keyout", pair.key, "-out", pair.certificate] + newKey)
    return pair
  }

  private static func issue(_ name: String, _ names: String?, days: Int = 30, by issuer: Pair) async throws -> Pair {
    let pair = Pair(certificate: path("\(name).pem"), key: path("\(name).key"))
    let request = path("\(name).csr")
    let extensions = path("\(name).ext")
    let text = "basicConstraints=CA:FALSE\n" + (names.map { "subjectAltName=\($0)\n" } ?? "")
    try text.write(toFile: extensions, atomically: true, encoding: .utf8)
    try await run(["req", "-subj", "/CN=\(name)", "-keyout", pair.key, "-out", request] + newKey)
    try await run([
      "x509", "-req", "-in", request, "-CA", issuer.certificate, "-CAkey", issuer.key, "-set_serial",
      "\(UInt32.random(in: 1...UInt32.max))", "-days", "\(days)", "-extfile", extensions, "-out", pair.certificate,
    ])
    return pair
  }

  private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

  private static func run(_ arguments: [String]) async throws {
    let process = try ChildProcess(URL(filePath: "/usr/bin/openssl"), arguments)
    let status = try await process.waitForExit(within: .seconds(60))
    guard status == .code(0) else {
      throw DeadlineExceeded(
        what: "openssl \(arguments)", limit: .zero, state: process.errorLines.joined(separator: "\n"))
    }
  }
}
