import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// https: whom the client believes and what it shows.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CurlHTTPClientTLSTests {
  private func bytes(_ path: String) throws -> PEMSource {
    .bytes(Array(try Data(contentsOf: URL(filePath: path))))
  }

  private func get(
    _ server: TLSTestServer, host: String = "localhost", tls: HTTPClientTLS,
    identity: HTTPClientTLS.Identity? = nil
  ) async throws -> HTTPResponse {
    let running = RunningHTTPClient { $0.tls = tls }
    var request = HTTPRequest("GET", "https://\(host):\(server.port)/path")
    request.identity = identity
    return try await running.client.send(request)
  }

  @Test(arguments: [true, false])
  func anAuthorityIsTrustedFromAFileAndFromBytes(isFile: Bool) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server)
    let path = certificates.authority.certificate
    let tls = HTTPClientTLS(authorities: isFile ? .file(path) : try bytes(path))
    let response = try await get(server, tls: tls)
    #expect(String(decoding: response.body, as: UTF8.self) == "/path")
    await server.stop()
  }

  @Test(arguments: [ApplicationProtocol.http2, .http1])
  func theProtocolIsTheOneThatTheServerHas(_ offered: ApplicationProtocol) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server, protocols: [offered])
    let tls = HTTPClientTLS(authorities: .file(certificates.authority.certificate))
    #expect(try await get(server, tls: tls).status == 200)
    await server.stop()
  }

  /// Several servers behind one address tell their clients to move from time to time (GOAWAY).
  @Test func aServerThatIsGoingIsFollowedByAnother() async throws {
    let certificates = try await TestCertificates.shared
    let first = try await TLSTestServer(certificates.server, protocols: [.http2])
    let running = RunningHTTPClient { $0.tls = HTTPClientTLS(authorities: .file(certificates.authority.certificate)) }
    // Known as long as it listens.
    let port = first.port
    let request = HTTPRequest("GET", "https://localhost:\(port)/path")
    for _ in 0..<2 { #expect(try await running.client.send(request).status == 200) }
    #expect(first.connections.value == 1)
    await first.close()
    let second = try await TLSTestServer(certificates.server, port: port, protocols: [.http2])
    for _ in 0..<2 { #expect(try await running.client.send(request).status == 200) }
    #expect(second.connections.value == 1)
    await second.stop()
  }

  @Test func anotherAuthorityIsNot() async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server)
    for tls in [HTTPClientTLS(), HTTPClientTLS(authorities: try bytes(certificates.otherAuthority.certificate))] {
      await #expect(throws: HTTPFailure.self) { try await get(server, tls: tls) }
    }
    #expect(server.heads.value.isEmpty)
    #expect(try await get(server, tls: HTTPClientTLS(skipsVerification: true)).status == 200)
    await server.stop()
  }

  @Test func theNameIsTheOneThatWasAgreedOn() async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.misnamedServer, protocols: [.http1])
    let authorities = PEMSource.file(certificates.authority.certificate)
    await #expect(throws: HTTPFailure.self) { try await get(server, tls: HTTPClientTLS(authorities: authorities)) }
    for host in ["127.0.0.1", "localhost"] {
      let tls = HTTPClientTLS(authorities: authorities, serverName: "elsewhere.example")
      #expect(try await get(server, host: host, tls: tls).status == 200)
      #expect(server.heads.value.last?.fields["Host"] == "\(host):\(server.port)")
    }
    await server.stop()
  }

  @Test(arguments: [true, false])
  func aClientShowsItsCertificate(isFile: Bool) async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(
      certificates.server, clientAuthority: certificates.authority.certificate)
    let pair = certificates.client
    let identity = HTTPClientTLS.Identity(
      certificate: isFile ? .file(pair.certificate) : try bytes(pair.certificate),
      key: isFile ? .file(pair.key) : try bytes(pair.key))
    var tls = HTTPClientTLS(authorities: .file(certificates.authority.certificate))
    await #expect(throws: HTTPFailure.self) { try await get(server, tls: tls) }
    #expect(try await get(server, tls: tls, identity: identity).status == 200)
    tls.identity = identity
    #expect(try await get(server, tls: tls).status == 200)
    let other = HTTPClientTLS.Identity(
      certificate: .file(certificates.otherClient.certificate), key: .file(certificates.otherClient.key))
    await #expect(throws: HTTPFailure.self) { try await get(server, tls: tls, identity: other) }
    await server.stop()
  }

  @Test func requestsWithDifferentIdentitiesShareNoConnection() async throws {
    let certificates = try await TestCertificates.shared
    let server = try await TLSTestServer(certificates.server)
    let running = RunningHTTPClient { $0.tls = HTTPClientTLS(authorities: .file(certificates.authority.certificate)) }
    var request = HTTPRequest("GET", "https://localhost:\(server.port)/path")
    for pair in [certificates.client, certificates.client, certificates.plainClient] {
      request.identity = HTTPClientTLS.Identity(certificate: try bytes(pair.certificate), key: try bytes(pair.key))
      #expect(try await running.client.send(request).status == 200)
    }
    #expect(server.connections.value == 2)
    await server.stop()
  }
}
