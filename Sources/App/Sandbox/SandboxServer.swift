import Logging
import Model
import ServiceLifecycle
import Transport

/// The sandbox, listening.
struct SandboxServer: Service {
  /// How long connections may take to come to their end.
  private static let drainTimeout = Duration.seconds(5)

  private let listener: Listener
  private let time: any TimeSource

  /// Starts to listen.
  ///
  /// - Throws: `UsageError` where the address cannot be had.
  init(host: String, port: Int, time: any TimeSource, logger: Logger) async throws {
    self.time = time
    let service = SandboxService(compression: Snappy(), time: time)
    let metrics = (
      connections: Gauge("sandbox_connections", help: "Open connections."),
      refused: Counter("sandbox_connections_refused_total", help: "Connections refused.")
    )
    let server = HTTPServer(
      configuration: ServerConfiguration(host: host, port: port), connections: metrics.connections,
      connectionsRefused: metrics.refused
    ) { transport in
      SandboxConnection(service: service, transport: transport)
    }
    do {
      listener = try await server.bind()
    } catch {
      throw UsageError("\(error)")
    }
    logger.notice("sandbox listening on http://\(listener.authority)")
  }

  /// Where it listens.
  var url: String { "http://\(listener.authority)" }

  /// Where remote write is POSTed to.
  var pushURL: String { url + "/api/v1/push" }

  func run() async throws {
    try? await gracefulShutdown()
    _ = await Deadline.run(within: Self.drainTimeout, on: time) { await listener.close() }
  }
}
