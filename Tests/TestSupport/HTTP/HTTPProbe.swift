package import Model
import NIOCore
import NIOPosix

/// A connection to an HTTP server, from the point of view of someone who sends what they like: whole
/// requests, halves of them, several at once, and what no HTTP client would send.
package final class HTTPProbe: Sendable {
  private struct Received: Sendable {
    var bytes: [UInt8] = []
    var isClosed = false
  }

  /// Keeps what arrives.
  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let received: Watched<Received>

    init(_ received: Watched<Received>) {
      self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data).readableBytesView
      received.update { $0.bytes += bytes }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      // With half closure allowed, this is how the end of the server's bytes shows.
      if case ChannelEvent.inputClosed = event { received.update { $0.isClosed = true } }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      // A reset connection is a closed one to a test.
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      received.update { $0.isClosed = true }
    }
  }

  private let channel: any Channel
  private let received: Watched<Received>

  private init(_ channel: any Channel, _ received: Watched<Received>) {
    self.channel = channel
    self.received = received
  }

  deinit {
    channel.close(promise: nil)
  }

  /// Connects to a server.
  package static func connect(to port: Int, host: String = "127.0.0.1") async throws -> HTTPProbe {
    let received = Watched(Received())
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Receiver(received)) }
      }
      .connect(host: host, port: port).get()
    return HTTPProbe(channel, received)
  }

  /// Sends one request over a connection of its own and returns the answer.
  ///
  /// - Parameter fields: Header fields beside `Host`, `Connection` and, where there is a body,
  ///   `Content-Length`.
  package static func request(
    _ method: String = "GET", _ target: String = "/", port: Int, fields: HeaderFields = [:], body: [UInt8] = [],
    within limit: Duration = .seconds(10)
  ) async throws -> HTTPReply {
    let probe = try await connect(to: port)
    var fields = fields
    fields.add("Connection", "close")
    try await probe.send(method, target, fields: fields, body: body)
    let reply = try await probe.reply(to: method, within: limit)
    try await probe.close()
    return reply
  }

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Sends text as it is. Lines have to end with `\r\n`.
  package func send(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  /// Sends a well-formed request: `Host` and, where there is a body or the method calls for one,
  /// `Content-Length` are added.
  package func send(
    _ method: String, _ target: String, fields: HeaderFields = [:], body: [UInt8] = []
  ) async throws {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    for field in fields.fields { head += "\(field.name): \(field.value)\r\n" }
    if !body.isEmpty || ["POST", "PUT"].contains(method) { head += "Content-Length: \(body.count)\r\n" }
    try await send(Array("\(head)\r\n".utf8) + body)
  }

  /// The next answer on this connection.
  ///
  /// - Parameter method: The method of the request that is answered: HEAD has no body.
  /// - Throws: `MalformedReply` for what is none, and for a connection that closes before it is there.
  package func reply(to method: String = "GET", within limit: Duration = .seconds(10)) async throws -> HTTPReply {
    try await received.wait(for: "an answer", within: limit) { received in
      var parser = HTTPReplyParser(received.bytes, isComplete: received.isClosed)
      return received.isClosed || (try? parser.next(to: method) != nil) ?? true
    }
    return try received.update { received throws(MalformedReply) in
      var parser = HTTPReplyParser(received.bytes, isComplete: received.isClosed)
      guard let reply = try parser.next(to: method) else {
        throw MalformedReply(description: "closed after: \(String(decoding: received.bytes, as: UTF8.self))")
      }
      received.bytes.removeFirst(parser.position)
      return reply
    }
  }

  /// What arrived and has not been returned as an answer.
  package var unreadBytes: [UInt8] { received.value.bytes }

  /// Waits for the server to close the connection.
  ///
  /// - Returns: What it sent before that and has not been returned as an answer.
  @discardableResult
  package func waitForClose(within limit: Duration = .seconds(10)) async throws -> [UInt8] {
    try await received.wait(for: "the server to close the connection", within: limit) { $0.isClosed }.bytes
  }

  /// Tells the server that nothing more will be sent, and goes on receiving.
  package func finishSending() async throws {
    try await channel.close(mode: .output).get()
  }

  /// Closes the connection, whether it is open or not.
  package func close() async throws {
    channel.close(promise: nil)
    try await channel.closeFuture.get()
  }
}
