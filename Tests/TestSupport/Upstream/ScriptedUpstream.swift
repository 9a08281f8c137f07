import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP/1.1 server that stands in for the upstream: it records what it gets, and answers as the
/// test's script says.
package final class ScriptedUpstream: Sendable {
  /// Decides about a request.
  package typealias Script = @Sendable (ReceivedRequest) -> ScriptedAnswer

  /// What the upstream has seen.
  package struct Observed: Sendable {
    /// All complete requests in the order they came.
    package var requests: [ReceivedRequest] = []
    /// How many requests wait for their answer.
    package var requestsInFlight = 0
    /// How many requests were waiting at once at most.
    package var mostRequestsInFlight = 0
    /// How many connections there have been.
    package var connections = 0
    /// How many of them are open.
    package var openConnections = 0
  }

  /// What has been seen so far, for waiting on anything of it.
  package let observed: Watched<Observed>

  /// The port it listens on, of the loopback interface.
  package let port: Int

  private let listener: any Channel
  private let connections: OpenConnections

  private init(
    port: Int, listener: any Channel, connections: OpenConnections, observed: Watched<Observed>
  ) {
    self.port = port
    self.listener = listener
    self.connections = connections
    self.observed = observed
  }

  deinit {
    close()
  }

  /// Starts an upstream.
  ///
  /// - Parameters:
  ///   - port: where to listen; 0 for any port.
  ///   - script: Says what to do about each request. Called on the server's threads.
  package static func start(
    port: Int = 0, script: @escaping Script = { _ in .answer(200) }
  ) async throws -> ScriptedUpstream {
    let observed = Watched(Observed())
    let connections = OpenConnections()
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = observed.update { observed in
            observed.connections += 1
            observed.openConnections += 1
            return observed.connections
          }
          connections.add(channel, number)
          channel.closeFuture.whenComplete { _ in
            connections.remove(number)
            observed.update { $0.openConnections -= 1 }
          }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(
            UpstreamConnectionHandler(number: number, observed: observed, script: script))
        }
      }
      .bind(host: "127.0.0.1", port: port).get()
    guard let port = listener.localAddress?.port else { preconditionFailure("a bound TCP socket has a port") }
    return ScriptedUpstream(port: port, listener: listener, connections: connections, observed: observed)
  }

  /// The URL to push to.
  package var url: String { "http://127.0.0.1:\(port)/api/v1/push" }

  /// All complete requests in the order they came.
  package var requests: [ReceivedRequest] { observed.value.requests }

  /// Waits until there have been `count` requests.
  ///
  /// - Returns: All requests in the order they came.
  @discardableResult
  package func requests(count: Int, within limit: Duration = .seconds(10)) async throws -> [ReceivedRequest] {
    try await observed.wait(for: "\(count) requests", within: limit) { $0.requests.count >= count }.requests
  }

  /// Stops listening and closes all connections: from here on, this is an upstream that is down.
  package func stop() async throws {
    close()
    try await listener.closeFuture.get()
    try await observed.wait(for: "the connections to close") { $0.openConnections == 0 }
  }

  private func close() {
    listener.close(promise: nil)
    connections.closeAll()
  }
}
