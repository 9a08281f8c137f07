internal import Model
internal import NIOCore

/// Decrypts what comes in and encrypts what goes out.
///
/// Nothing passes before the handshake is done; the user event ``TLSHandshakeCompleted`` tells of that,
/// before the first decrypted byte. What is written is gathered until it is flushed, so that the parts of
/// a short answer make one record. At most one incomplete record is kept of what comes in: whoever
/// withholds `read()` slows the peer down as without encryption.
final class TLSHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State {
    case handshaking
    case open
    case closed
  }

  /// Up to here the parts of an answer are copied together; it is what fits into a record.
  private static let recordLength = 16 << 10

  private let connection: TLSConnection
  private let configuration: TLSConfiguration
  private let metrics: TLSMetrics
  private var state = State.handshaking
  private var handshakeBytes = 0
  private var timer: Scheduled<Void>?
  private var pending: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
  /// How many of `pending` are flushed.
  private var flushed = 0

  init(context: TLSContext, metrics: TLSMetrics) {
    connection = TLSConnection(context)
    configuration = context.configuration
    self.metrics = metrics
  }

  // MARK: The channel's life

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .nanoseconds(configuration.handshakeTimeout.nanoseconds)) {
      bound.value.handler.timeIsUp(bound.value.context)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    end()
  }

  func channelInactive(context: ChannelHandlerContext) {
    if state == .handshaking { metrics.countFailedHandshake(.closedDuringHandshake) }
    end()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // Before the handshake is done there is nobody else to end the connection.
    if event is ChannelShouldQuiesceEvent, state == .handshaking { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  private func timeIsUp(_ context: ChannelHandlerContext) {
    if state == .handshaking { fail(.handshakeTimeout, context) }
  }

  /// Nothing is encrypted or decrypted from here on.
  private func end() {
    state = .closed
    timer?.cancel()
    timer = nil
    let unwritten = pending
    pending = []
    flushed = 0
    for write in unwritten { write.promise?.fail(ChannelError.ioOnClosedChannel) }
  }

  private func fail(_ error: TLSError, _ context: ChannelHandlerContext) {
    if state == .handshaking { metrics.countFailedHandshake(error) }
    // What OpenSSL wants the peer to know of it.
    sendOutgoing(context, promise: nil)
    end()
    context.fireErrorCaught(error)
    context.close(promise: nil)
  }

  // MARK: Inbound

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    guard state != .closed else { return }
    if state == .handshaking { handshakeBytes += bytes.readableBytes }
    connection.receive(&bytes)
    if state == .handshaking { handshake(context) }
    if state == .open { decrypt(context) }
  }

  private func handshake(_ context: ChannelHandlerContext) {
    switch connection.handshake() {
    case .complete(let event):
      state = .open
      timer?.cancel()
      timer = nil
      sendOutgoing(context, promise: nil)
      context.fireUserInboundEventTriggered(event)
      encrypt(context)
    case .incomplete where handshakeBytes > configuration.handshakeByteLimit:
      fail(.handshakeTooLong, context)
    case .incomplete:
      sendOutgoing(context, promise: nil)
    case .ended:
      fail(.closedDuringHandshake, context)
    case .failed(let error):
      fail(error, context)
    }
  }

  private func decrypt(_ context: ChannelHandlerContext) {
    var plain = ByteBuffer()
    let result = connection.read(into: &plain)
    // The peer may have asked for new keys.
    sendOutgoing(context, promise: nil)
    if plain.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(plain)) }
    switch result {
    case .incomplete: break
    // As when the peer of an unencrypted connection closes it.
    case .ended where state == .open: context.channel.close(promise: nil)
    case .failed(let error) where state == .open: fail(error, context)
    case .ended, .failed: break
    }
  }

  // MARK: Outbound

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard state != .closed else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    pending.append((unwrapOutboundIn(data), promise))
  }

  func flush(context: ChannelHandlerContext) {
    flushed = pending.count
    if state == .open { encrypt(context) }
  }

  /// Sends what is flushed.
  private func encrypt(_ context: ChannelHandlerContext) {
    guard flushed > 0 else { return }
    let writes = pending.prefix(flushed)
    let result = encrypt(writes.map(\.bytes))
    let promise = Self.join(writes.compactMap(\.promise), on: context.eventLoop)
    pending.removeFirst(flushed)
    flushed = 0
    switch result {
    case .complete:
      sendOutgoing(context, promise: promise)
    case .failed(let error):
      promise?.fail(error)
      fail(error, context)
    case .incomplete, .ended:
      // There is no renegotiation, but a message of a handshake may have begun to come: OpenSSL writes nothing before it
      // has all of it. No peer has a reason to cut up the few bytes of the only one there is, a KeyUpdate.
      promise?.fail(ChannelError.ioOnClosedChannel)
      fail(.refused("an answer would have to wait for the rest of a handshake message"), context)
    }
  }

  private func encrypt(_ parts: [ByteBuffer]) -> TLSResult<Void> {
    let length = parts.reduce(0) { $0 + $1.readableBytes }
    guard length <= Self.recordLength, parts.count > 1 else {
      for part in parts {
        let result = connection.write(part)
        guard case .complete = result else { return result }
      }
      return .complete(())
    }
    var gathered = ByteBuffer()
    gathered.reserveCapacity(length)
    for var part in parts { gathered.writeBuffer(&part) }
    return connection.write(gathered)
  }

  private static func join(
    _ promises: [EventLoopPromise<Void>], on loop: any EventLoop
  ) -> EventLoopPromise<Void>? {
    guard promises.count > 1 else { return promises.first }
    let joined = loop.makePromise(of: Void.self)
    for promise in promises { joined.futureResult.cascade(to: promise) }
    return joined
  }

  private func sendOutgoing(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
    let bytes = connection.takeOutgoing()
    guard bytes != nil || promise != nil else { return }
    // What is empty has left when what was written before it has.
    context.writeAndFlush(wrapOutboundOut(bytes ?? ByteBuffer()), promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if state == .open, mode != .input {
      connection.close()
      sendOutgoing(context, promise: nil)
      end()
    }
    context.close(mode: mode, promise: promise)
  }
}
