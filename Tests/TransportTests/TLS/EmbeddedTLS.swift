import Model
import NIOCore
import NIOEmbedded
import TestSupport

@testable import Transport

/// A TLS handler and a client, with the bytes between them in the test's hands.
final class EmbeddedTLS {
  /// Keeps what the handler passes on.
  final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var bytes: [UInt8] = []
    var reads = 0
    var events: [TLSHandshakeCompleted] = []
    /// How many bytes there were when the handshake was done.
    var bytesBeforeHandshake: Int?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      bytes += unwrapInboundIn(data).readableBytesView
      reads += 1
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      guard let event = event as? TLSHandshakeCompleted else { return }
      events.append(event)
      bytesBeforeHandshake = bytes.count
    }
  }

  let channel = EmbeddedChannel()
  let client: TLSTestClient
  let receiver = Receiver()
  let metrics = TLSMetrics()
  /// What the client could not go on with.
  private(set) var clientError: (any Error)?

  init(_ configuration: TLSConfiguration, _ client: TLSTestClient) throws {
    self.client = client
    let context = try TLSContext(configuration)
    try channel.pipeline.syncOperations.addHandlers([TLSHandler(context: context, metrics: metrics), receiver])
    try channel.connect(to: SocketAddress(unixDomainSocketPath: "/none")).wait()
  }

  deinit {
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }

  /// How many handshakes have failed for a reason.
  func failures(_ reason: String) -> Int { metrics.failedHandshakes.with(reason).value }

  /// Lets both sides talk until neither has anything to say.
  ///
  /// - Parameter cut: into which pieces a flight of the client is cut.
  func talk(cut: ([UInt8]) -> [[UInt8]] = { [$0] }) {
    while true {
      goOn { try client.handshake() }
      let flight = client.drain()
      for piece in flight.isEmpty ? [] : cut(flight) { send(piece) }
      if !deliver(), flight.isEmpty { return }
    }
  }

  /// Sends bytes to the handler, whose complaints are for other handlers.
  func send(_ bytes: [UInt8]) {
    _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
  }

  /// - Returns: whether there was anything for the client.
  @discardableResult
  func deliver() -> Bool {
    var isAnything = false
    while let bytes = try? channel.readOutbound(as: ByteBuffer.self) {
      client.feed(Array(bytes.readableBytesView))
      isAnything = true
    }
    return isAnything
  }

  /// What the client reads, a record at a time.
  func clientReads() -> [[UInt8]] {
    deliver()
    var records: [[UInt8]] = []
    goOn { records = try client.readRecords() }
    return records
  }

  private func goOn(_ step: () throws -> Void) {
    do {
      try step()
    } catch {
      clientError = clientError ?? error
    }
  }
}
