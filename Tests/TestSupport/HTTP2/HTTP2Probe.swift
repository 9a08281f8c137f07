import Model
import NIOCore
import NIOPosix

/// A connection of HTTP/2 to a server, from the point of view of someone who sends what they like.
///
/// It keeps to the protocol only where that is asked of it: it acknowledges settings and pings. Its
/// windows are wide open unless its settings say otherwise.
package final class HTTP2Probe: Sendable {
  /// Remember no header fields; and a window that no answer of a test fills.
  package static let settings = [(id: 1, value: 0), (id: 4, value: 1 << 30)]

  /// Takes frames apart, and answers those that want it.
  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let state: Watched<HTTP2ProbeState>
    private let acknowledges: Bool
    private var reader = HTTP2FrameReader()

    init(_ state: Watched<HTTP2ProbeState>, acknowledges: Bool) {
      self.state = state
      self.acknowledges = acknowledges
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let frames = reader.frames(Array(buffer: unwrapInboundIn(data)))
      for frame in frames where acknowledges && !frame.isAck {
        if frame.kind == HTTP2Frame.settings { acknowledge(HTTP2Frame.settingsAck, context) }
        if frame.kind == HTTP2Frame.ping {
          acknowledge(HTTP2Frame(frame.kind, flags: HTTP2Frame.ack, frame.payload), context)
        }
      }
      state.update { state in
        for frame in frames { state.add(frame) }
      }
    }

    private func acknowledge(_ frame: HTTP2Frame, _ context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame.bytes)), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      // With half closure allowed, this is how the end of the server's bytes shows.
      if case ChannelEvent.inputClosed = event { state.update { $0.isClosed = true } }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      // A reset connection is a closed one to a test.
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      state.update { $0.isClosed = true }
    }
  }

  /// What has come so far.
  package let state: Watched<HTTP2ProbeState>
  private let channel: any Channel

  private init(_ channel: any Channel, _ state: Watched<HTTP2ProbeState>) {
    self.channel = channel
    self.state = state
  }

  deinit {
    channel.close(promise: nil)
  }

  /// Connects to a server, and sends the preface and the settings.
  ///
  /// - Parameters:
  ///   - settings: `nil` to send nothing at all.
  ///   - acknowledges: Whether the server's settings and pings are acknowledged.
  ///   - isReading: Whether anything is ever read.
  package static func connect(
    to port: Int, settings: [(id: Int, value: Int)]? = HTTP2Probe.settings, acknowledges: Bool = true,
    isReading: Bool = true
  ) async throws -> HTTP2Probe {
    let state = Watched(HTTP2ProbeState())
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.autoRead, value: isReading)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Receiver(state, acknowledges: acknowledges))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    let probe = HTTP2Probe(channel, state)
    if let settings { try await probe.begin(settings) }
    // Without its settings, the server takes no more than what every server does.
    if settings != nil && isReading { try await state.wait(for: "the server's settings") { !$0.control.isEmpty } }
    return probe
  }

  private func begin(_ settings: [(id: Int, value: Int)]) async throws {
    let frames = [HTTP2Frame.settings(settings), .windowUpdate(0, 1 << 30)]
    try await send(HTTP2Frame.preface + frames.flatMap(\.bytes))
  }

  // MARK: Sending

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Sends frames, all at once.
  package func send(_ frames: HTTP2Frame...) async throws {
    try await send(frames.flatMap(\.bytes))
  }

  /// Sends a request, its body in frames of 16 KiB.
  package func request(
    _ stream: Int, _ method: String = "GET", _ path: String = "/x", fields: [(String, String)] = [],
    body: [UInt8] = []
  ) async throws {
    var frames = [HTTP2Frame.request(stream, method, path, fields: fields, ends: body.isEmpty)]
    for start in stride(from: 0, to: body.count, by: 16384) {
      let end = min(start + 16384, body.count)
      frames.append(.data(stream, Array(body[start..<end]), ends: end == body.count))
    }
    try await send(frames.flatMap(\.bytes))
  }

  /// Sends the same again and again until the server closes the connection.
  ///
  /// - Parameter limit: how many times at the most.
  package func flood(_ limit: Int = 20_000, _ frames: (Int) -> [HTTP2Frame]) async {
    for round in 0..<limit where !state.value.isClosed {
      // Writing to a connection that the other end has closed fails at some time.
      guard (try? await send(frames(round).flatMap(\.bytes))) != nil else { return }
    }
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

  // MARK: Receiving

  /// What came on a stream, once the server has ended it.
  package func reply(_ stream: Int, within limit: Duration = .seconds(60)) async throws -> HTTP2Reply {
    let state = try await state.wait(for: "an answer on stream \(stream)", within: limit) { state in
      state.isClosed || state.replies[stream]?.isComplete == true || state.replies[stream]?.resetCode != nil
    }
    guard let reply = state.replies[stream], reply.isComplete || reply.resetCode != nil else {
      throw MalformedReply(description: "closed after: \(state)")
    }
    return reply
  }

  /// The code with which the server resets a stream.
  @discardableResult
  package func resetCode(_ stream: Int, within limit: Duration = .seconds(60)) async throws -> Int? {
    let state = try await state.wait(for: "a reset of stream \(stream)", within: limit) { state in
      state.isClosed || state.replies[stream]?.resetCode != nil
    }
    return state.replies[stream]?.resetCode
  }

  /// Waits for the server to close the connection.
  ///
  /// - Returns: The codes of the GOAWAY frames it sent.
  @discardableResult
  package func waitForClose(within limit: Duration = .seconds(60)) async throws -> [Int] {
    try await state.wait(for: "the server to close the connection", within: limit) { $0.isClosed }.goAwayCodes
  }
}
