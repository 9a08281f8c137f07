import Actors
import Logging
import Model
import Transport

/// The server of a role.
struct RoleServer {
  let role: Role
  let configuration: ServerConfiguration
  let tls: TLSContextStore?
  /// `nil` where no calls of gRPC are taken.
  var grpc: GRPCServing?
  /// Follows the number of open connections.
  let connections: Gauge
  /// Counts those that were closed for being too many.
  let connectionsRefused: Counter

  /// Starts to listen.
  ///
  /// - Throws: `UsageError` where the address cannot be had.
  func bind(_ context: ConnectionContext, logger: Logger) async throws -> Listener {
    let server = HTTPServer(
      configuration: configuration, tls: tls, grpc: grpc, connections: connections,
      connectionsRefused: connectionsRefused
    ) { transport in
      ConnectionActor(transport: transport, context: context)
    }
    do {
      let listener = try await server.bind()
      logger.notice("\(role.rawValue) listening on \(tls == nil ? "http" : "https")://\(listener.authority)")
      return listener
    } catch {
      throw UsageError("\(error)")
    }
  }
}
