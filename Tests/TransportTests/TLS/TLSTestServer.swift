import Model
import TestSupport

@testable import Transport

/// A server with TLS that echoes.
final class TLSTestServer: Sendable {
  let store: TLSContextStore
  /// The requests in the order they came.
  let heads = Watched<[RequestHead]>([])
  /// How many connections there were.
  let connections = Watched(0)
  private let listener: Listener

  var port: Int { listener.port }

  init(
    _ pair: TestCertificates.Pair, port: Int = 0, clientAuthority: String? = nil,
    protocols: [ApplicationProtocol] = ApplicationProtocol.allCases
  ) async throws {
    let configuration = TLSConfiguration(
      certificateFile: pair.certificate, keyFile: pair.key, clientCAFile: clientAuthority,
      protocols: protocols)
    store = try TLSContextStore(configuration)
    let server = HTTPServer(
      configuration: ServerConfiguration(host: "127.0.0.1", port: port), tls: store,
      connections: Gauge("connections", help: ""), connectionsRefused: Counter("refused_total", help: "")
    ) { [heads, connections] transport in
      connections.update { $0 += 1 }
      return TLSEchoConnection(transport, heads)
    }
    listener = try await server.bind()
  }

  func stop() async {
    await listener.abort()
  }

  /// Ends in good order: with HTTP/2, by saying that it is going.
  func close() async {
    await listener.close()
  }
}
