import Foundation
import Logging
import Model
import TestSupport
import Testing

@testable import Transport

/// libcurl's way to an https upstream.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct UpstreamTLSTests {
  /// Keeps what became of requests.
  private final class Receiver: UpstreamReceiver {
    let results = Watched<[UpstreamResult]>([])

    func completed(_ index: Int, _ result: UpstreamResult) {
      results.update { $0.append(result) }
    }
  }

  private func send(_ count: Int = 1, by upstream: CurlUpstream) async throws -> [UpstreamResult] {
    let receiver = Receiver()
    let request = UpstreamRequest(
      index: 0, tenant: try TenantID("acme"), body: SharedBytes([]), retryAttempt: nil, timeout: .seconds(30))
    upstream.send(Array(repeating: request, count: count), reportingTo: receiver)
    return try await receiver.results.wait(for: "an answer", within: .seconds(30)) { $0.count == count }
  }

  private func withUpstream<Result>(
    _ server: TLSTestServer, host: String = "localhost", tls: UpstreamTLSFiles,
    authorization: UpstreamAuthorization? = nil, fields: HeaderFields = [:],
    _ body: (CurlUpstream) async throws -> Result
  ) async throws -> Result {
    let upstream = CurlUpstream(
      configuration: CurlUpstreamConfiguration(
        url: "https://\(host):\(server.port)/push", userAgent: "test", tls: tls, authorization: authorization,
        fields: fields), time: SystemTime())
    let running = Task { await upstream.run() }
    let result: Result
    do {
      result = try await body(upstream)
    } catch {
      running.cancel()
      throw error
    }
    running.cancel()
    await running.value
    await server.stop()
    return result
  }

  private let success = UpstreamResult.response(UpstreamResponse(status: 200, message: "/push"))

  @Test(arguments: ["localhost", "127.0.0.1"])
  func theAuthorityIsTrusted(_ host: String) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server)
    let tls = UpstreamTLSFiles(authorities: certificates.authority.certificate)
    let fields: HeaderFields = ["X-Team": "metrics"]
    let results = try await withUpstream(server, host: host, tls: tls, fields: fields) {
      try await send(3, by: $0)
    }
    #expect(results == [success, success, success])
    #expect(server.heads.value.map { $0.fields["X-Team"] } == ["metrics", "metrics", "metrics"])
    #expect(server.heads.value.map { $0.fields["Authorization"] } == [nil, nil, nil])
  }

  /// With HTTP/2, requests that begin together share a connection.
  @Test(arguments: [([ApplicationProtocol.http2, .http1], 1), ([.http1], 10)])
  func theProtocolIsAgreedOn(_ protocols: [ApplicationProtocol], _ mostConnections: Int) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server, protocols: protocols)
    let tls = UpstreamTLSFiles(authorities: certificates.authority.certificate)
    let results = try await withUpstream(server, tls: tls) { try await send(10, by: $0) }
    #expect(results == Array(repeating: success, count: 10))
    #expect(1...mostConnections ~= server.connections.value)
  }

  enum Mistrust: CaseIterable {
    case otherAuthority, systemsAuthorities, expired, misnamed
  }

  @Test(
    arguments: zip(
      Mistrust.allCases,
      ["SSL certificate problem", "SSL certificate problem", "certificate has expired", "no alternative certificate"]))
  func mistrustFailsClosedAndSaysWhy(_ what: Mistrust, _ reason: String) async throws {
    let certificates = try await TestCertificates.shared
    let pair =
      switch what {
      case .otherAuthority, .systemsAuthorities: certificates.server
      case .expired: certificates.expiredServer
      case .misnamed: certificates.misnamedServer
      }
    let authority: String? =
      switch what {
      case .otherAuthority: certificates.otherAuthority.certificate
      case .systemsAuthorities: nil
      case .expired, .misnamed: certificates.authority.certificate
      }
    let server = try await TLSTestServer(pair)
    let results = try await withUpstream(server, tls: UpstreamTLSFiles(authorities: authority)) {
      try await send(by: $0)
    }
    guard case .failure(.network(let text)) = results[0] else {
      Issue.record("\(results)")
      return
    }
    #expect(text.contains(reason))
    #expect(server.heads.value.isEmpty)
  }

  @Test(arguments: [true, false])
  func theProxyProvesItself(_ hasCertificate: Bool) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server, clientAuthority: certificates.authority.certificate)
    let pair = certificates.client
    let tls = UpstreamTLSFiles(
      authorities: certificates.authority.certificate,
      client: hasCertificate ? (certificate: pair.certificate, key: pair.key) : nil)
    try tls.check()
    let results = try await withUpstream(server, tls: tls) { try await send(by: $0) }
    if hasCertificate {
      #expect(results == [success])
    } else {
      guard case .failure(.network) = results[0] else {
        Issue.record("\(results)")
        return
      }
      #expect(server.heads.value.isEmpty)
    }
  }

  @Test func aKeyOfAnotherCertificateIsFoundAtTheStart() async throws {
    let certificates = try await TestCertificates.shared
    let tls = UpstreamTLSFiles(client: (certificate: certificates.client.certificate, key: certificates.server.key))
    #expect(try #require(throws: TLSFileError.self) { try tls.check() }.file == certificates.server.key)
  }

  @Test func aChangedTokenIsReadAgain() async throws {
    let certificates = try await TestCertificates.shared
    let file = TestCertificates.folder.appending(path: "upstream-token").path
    func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }
    try write("first\n")
    let authorization = try UpstreamAuthorization(file: file, form: .bearer)
    let watcher = FileWatcher(
      [authorization], time: SystemTime(), logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() })
    let server = try await TLSTestServer(certificates.server)
    let tls = UpstreamTLSFiles(authorities: certificates.authority.certificate)
    try await withUpstream(server, tls: tls, authorization: authorization) { upstream in
      _ = try await send(by: upstream)
      _ = try await send(by: upstream)
      try write("second")
      watcher.check()
      _ = try await send(by: upstream)
      // Broken: the last good one stays.
      try write("two\nlines")
      watcher.check()
      _ = try await send(by: upstream)
    }
    #expect(
      server.heads.value.map { $0.fields["Authorization"] }
        == ["Bearer first", "Bearer first", "Bearer second", "Bearer second"])
  }

  @Test(
    arguments: [
      (UpstreamAuthorization.Form.basic, "user:pass:word\n", "Authorization: Basic dXNlcjpwYXNzOndvcmQ="),
      (.bearer, "token", "Authorization: Bearer token"),
      (.basic, "no colon", nil), (.basic, ":no user", nil), (.basic, "a:b\nc:d", nil), (.basic, "", nil),
      (.bearer, "with space", nil), (.bearer, "a\u{7}b", nil), (.bearer, "", nil), (.basic, "a:b\u{0}", nil),
    ] as [(UpstreamAuthorization.Form, String, String?)])
  func filesOfCredentials(_ form: UpstreamAuthorization.Form, _ text: String, _ field: String?) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "credentials-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    if let field {
      #expect(try UpstreamAuthorization(file: file, form: form).current.field == field)
    } else {
      let error = try #require(throws: (any Error).self) { try UpstreamAuthorization(file: file, form: form) }
      #expect("\(error)".hasPrefix("\(file): "))
      #expect(text.isEmpty || !"\(error)".contains(text))
    }
  }
}
