import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// The server with real clients.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct TLSServerTests {
  private func run(_ program: String, _ arguments: [String], input: String = "/dev/null") async throws -> ChildProcess {
    let process = try ChildProcess(
      URL(filePath: "/bin/sh"), ["-c", "exec \"$0\" \"$@\" < \(input)", "/usr/bin/\(program)"] + arguments)
    try await process.waitForExit(within: .seconds(60))
    return process
  }

  private func curl(_ server: TLSTestServer, _ arguments: [String], authority: String? = nil) async throws
    -> ChildProcess
  {
    let authority = if let authority { authority } else { try await TestCertificates.shared.authority.certificate }
    return try await run(
      "curl",
      ["-sS", "--cacert", authority, "--noproxy", "*"] + arguments
        + ["https://localhost:\(server.port)/echo"])
  }

  @Test(arguments: [("-tls1_1", nil), ("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] as [(String, String?)])
  func versionsFrom12On(_ option: String, _ version: String?) async throws {
    let server = try await TLSTestServer(TestCertificates.shared.server)
    let client = try await run(
      "openssl", ["s_client", option, "-cipher", "DEFAULT@SECLEVEL=0", "-connect", "127.0.0.1:\(server.port)"])
    let summary = client.outputLines.joined(separator: "\n")
    #expect(summary.contains("New, \(version ?? "(NONE)"),"))
    await server.stop()
  }

  @Test(arguments: [
    ("http/1.1", "ALPN protocol: http/1.1"), ("h2,http/1.1", "ALPN protocol: h2"), ("http/1.1,h2", "ALPN protocol: h2"),
  ])
  func theProtocolIsAgreedOn(_ offer: String, _ line: String) async throws {
    let server = try await TLSTestServer(TestCertificates.shared.server)
    let client = try await run("openssl", ["s_client", "-alpn", offer, "-connect", "127.0.0.1:\(server.port)"])
    #expect(client.outputLines.contains(line))
    await server.stop()
  }

  @Test func renegotiationIsRefused() async throws {
    let server = try await TLSTestServer(TestCertificates.shared.server)
    let client = try await run(
      "sh", ["-c", "(echo R; sleep 2) | openssl s_client -tls1_2 -connect 127.0.0.1:\(server.port) 2>&1"])
    #expect(client.outputLines.contains { $0.contains("no renegotiation") })
    await server.stop()
  }

  @Test(arguments: [
    ["--http1.1", "--tlsv1.3"], ["--http1.1", "--tlsv1.2", "--tls-max", "1.2"], ["--http2"],
    ["--no-alpn", "--http1.1"],
    ["--http2", "--tls-max", "1.2"],
  ])
  func largeBodiesPassBothWays(_ options: [String]) async throws {
    let server = try await TLSTestServer(TestCertificates.shared.server)
    let folder = FileManager.default.temporaryDirectory.appending(path: "bodies-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SplitMix64(seed: 1)
    let body = Data((0..<(2 << 20)).map { _ in UInt8.random(in: 0...255, using: &random) })
    let sent = folder.appending(path: "sent")
    let received = folder.appending(path: "received")
    try body.write(to: sent)
    let client = try await curl(server, options + ["--data-binary", "@\(sent.path)", "-o", received.path])
    #expect(client.errorLines == [])
    #expect(try Data(contentsOf: received) == body)
    await server.stop()
  }

  enum Mistrust: CaseIterable {
    case expired, misnamed, otherAuthority
  }

  @Test(
    arguments: zip(
      Mistrust.allCases,
      ["certificate has expired", "no alternative certificate subject name", "self-signed|unable to get"])
  )
  func clientsDoNotTrustWhatIsWrong(_ what: Mistrust, _ reason: String) async throws {
    let certificates = try await TestCertificates.shared
    let pair =
      switch what {
      case .expired: certificates.expiredServer
      case .misnamed: certificates.misnamedServer
      case .otherAuthority: certificates.server
      }
    let authority = what == .otherAuthority ? certificates.otherAuthority : certificates.authority
    let server = try await TLSTestServer(pair)
    let client = try await curl(server, [], authority: authority.certificate)
    #expect(client.errorLines.joined().range(of: reason, options: .regularExpression) != nil)
    #expect(server.heads.value.isEmpty)
    await server.stop()
  }

  @Test(arguments: [true, false])
  func mutualTLS(_ hasCertificate: Bool) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(
      certificates.server, clientAuthority: certificates.authority.certificate)
    let pair = certificates.client
    let client = try await curl(server, hasCertificate ? ["--cert", pair.certificate, "--key", pair.key] : [])
    #expect(client.outputLines == (hasCertificate ? ["/echo"] : []))
    #expect(server.heads.value.count == (hasCertificate ? 1 : 0))
    await server.stop()
  }

  /// A session that is resumed has its client's certificate with it.
  @Test(arguments: ["-tls1_2", "-tls1_3"]) func sessionsAreResumed(_ version: String) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(
      certificates.server, clientAuthority: certificates.authority.certificate)
    let session = TestCertificates.folder.appending(path: "session\(version)").path
    let arguments = [
      "s_client", version, "-ign_eof", "-connect", "127.0.0.1:\(server.port)", "-cert", certificates.client.certificate,
      "-key", certificates.client.key,
    ]
    let request = TestCertificates.folder.appending(path: "request\(version)").path
    try "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".write(
      toFile: request, atomically: true, encoding: .utf8)
    let first = try await run("openssl", arguments + ["-sess_out", session], input: request)
    #expect(first.outputLines.contains { $0.hasPrefix("New, ") })
    let second = try await run("openssl", arguments + ["-sess_in", session], input: request)
    #expect(second.outputLines.contains { $0.hasPrefix("Reused, ") })
    #expect(server.heads.value.count == 2)

    // Other files, other keys for tickets: everybody proves themselves anew.
    try server.store.reload()
    let third = try await run("openssl", arguments + ["-sess_in", session], input: request)
    #expect(third.outputLines.contains { $0.hasPrefix("New, ") })
    await server.stop()
  }

  @Test(arguments: ["--http1.1", "--http2"])
  func reloadsUnderLoadDropNoRequest(_ protocols: String) async throws {
    let server = try await TLSTestServer(TestCertificates.shared.server)
    let authority = try await TestCertificates.shared.authority.certificate
    // Ten requests on each connection, so that old connections go on while new ones begin.
    let urls = (0..<10).flatMap { ["https://localhost:\(server.port)/\($0)", "-o", "/dev/null"] }
    let isDone = Watched(false)
    let reloads = Task {
      while !isDone.value {
        try server.store.reload()
        await Task.yield()
      }
    }
    let codes = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<4 {
        group.addTask {
          var codes: [String] = []
          for _ in 0..<5 {
            let client = try await run(
              "curl", ["-sS", protocols, "--cacert", authority, "--noproxy", "*", "-w", "%{http_code}\\n"] + urls)
            codes += client.outputLines + client.errorLines
          }
          return codes
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    isDone.update { $0 = true }
    try await reloads.value
    #expect(codes.count == 200)
    #expect(codes.allSatisfy { $0 == "200" })
    #expect(server.heads.value.count == 200)
    #expect(server.store.metrics.reloads.with("success").value > 1)
    await server.stop()
  }
}
