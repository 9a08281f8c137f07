package import Model
internal import NIOCore
internal import NIOPosix

/// A server of HTTP/1.1, HTTP/2 and gRPC, encrypted or not.
package final class HTTPServer: Sendable {
  private let configuration: ServerConfiguration
  private let pipeline: ConnectionPipeline
  private let connectionsRefused: Counter
  private let connections: ConnectionTable

  /// - Parameters:
  ///   - tls: where connections are to be encrypted.
  ///   - grpc: where calls of gRPC are to be taken, over HTTP/2.
  ///   - connections: follows the number of open connections.
  ///   - connectionsRefused: counts connections that were closed for being too many.
  ///   - makeHandler: called on a new connection's executor.
  package init(
    configuration: ServerConfiguration, tls: TLSContextStore? = nil, grpc: GRPCServing? = nil, connections: Gauge,
    connectionsRefused: Counter,
    makeHandler: @escaping @Sendable (any ConnectionTransport) -> any ConnectionHandler
  ) {
    self.configuration = configuration
    self.connectionsRefused = connectionsRefused
    pipeline = ConnectionPipeline(
      limits: configuration.limits, time: SystemTime(), tls: tls, grpc: grpc, makeHandler: makeHandler)
    self.connections = ConnectionTable(limit: configuration.limits.maximumConnections, gauge: connections)
  }

  /// Starts to listen.
  ///
  /// - Throws: `BindError` where the address cannot be had.
  package func bind() async throws(BindError) -> Listener {
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in self.initialize(channel) }
      .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // Bodies are large: few large reads cost less than many small ones. But a channel keeps its buffers,
      // so that one which is idle from the beginning should have small ones.
      .childChannelOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: 256 << 10))
    do {
      let channel = try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
      return Listener(channel: channel, connections: connections)
    } catch {
      throw BindError(host: configuration.host, port: configuration.port, reason: "\(error)")
    }
  }

  private func initialize(_ channel: any Channel) -> EventLoopFuture<Void> {
    guard connections.add(channel) else {
      connectionsRefused.increment()
      return channel.close()
    }
    return channel.eventLoop.makeCompletedFuture { try pipeline.begin(channel) }
  }
}
