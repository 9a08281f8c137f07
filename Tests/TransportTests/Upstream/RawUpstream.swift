import NIOCore
import NIOPosix
import TestSupport

/// A server that answers requests with whatever bytes a test wants.
final class RawUpstream: Sendable {
  /// What is sent to a request, in pieces that go out one by one.
  struct Reply: Sendable {
    var pieces: [String]
    /// Whether the connection is closed afterwards.
    var closes = false
    /// Whether nothing is sent after that, although requests are still read.
    var closesOutput = false
    /// Whether it is sent as soon as the request's head is there.
    var isEarly = false
  }

  struct Observed: Sendable {
    /// The heads of requests that were answered, by connection.
    var heads: [[String]] = []
    var openConnections = 0
    /// The bytes of all bodies.
    var bodyBytes = 0
  }

  let observed: Watched<Observed>
  private let listener: any Channel

  private init(observed: Watched<Observed>, listener: any Channel) {
    self.observed = observed
    self.listener = listener
  }

  deinit {
    listener.close(promise: nil)
  }

  /// - Parameter reply: what to send, by connection and request of it, both counted from 0.
  static func start(_ reply: @escaping @Sendable (Int, Int) -> Reply) async throws -> RawUpstream {
    let observed = Watched(Observed())
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let number = observed.update { observed in
            observed.heads.append([])
            observed.openConnections += 1
            return observed.heads.count - 1
          }
          channel.closeFuture.whenComplete { _ in observed.update { $0.openConnections -= 1 } }
          try channel.pipeline.syncOperations.addHandler(
            RawUpstreamConnection(number: number, observed: observed, reply: reply))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return RawUpstream(observed: observed, listener: listener)
  }

  var url: String { "http://127.0.0.1:\(listener.localAddress?.port ?? 0)/push?x=y" }
}
