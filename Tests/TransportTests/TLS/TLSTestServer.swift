import Model
import TestSupport

@testable import Transport

/// A server with TLS that echoes.
final class TLSTestServer: Sendable {
  let store: TLSContextStore
  /// The requests in the order they came.
  let heads = Watched<[RequestHead]>([])
  private let listener: Listener

  var port: Int { listener.port }

  init(_ pair: TestCertificates.Pair, clientAuthority: String? = nil) async throws {
    let configuration = TLSConfiguration(
      certificateFile: pair.certificate, keyFile: pair.key, clientCAFile: clientAuthority)
    store = try TLSContextStore(configuration)
    let server = HTTPServer(
      configuration: ServerConfiguration(host: "127.0.0.1", port: 0), tls: store,
      connections: Gauge("connections", help: ""), connectionsRefused: Counter("refused_total", help: "")
    ) { [heads] transport in TLSEchoConnection(transport, heads) }
    listener = try await server.bind()
  }

  func stop() async {
    await listener.abort()
  }
}
