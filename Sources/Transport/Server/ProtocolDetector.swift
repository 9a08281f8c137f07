internal import NIOCore

/// Tells HTTP/2 from HTTP/1.1 on a connection in the clear, by the preface with which HTTP/2 begins
/// ("prior knowledge", RFC 9113, section 3.3), and makes way for the handlers of the protocol.
final class ProtocolDetector: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  private let limits: ServerLimits
  private let install: (ApplicationProtocol) throws -> Void
  private var received: ByteBuffer?
  private var deadline = ConnectionDeadline()

  /// - Parameter install: adds the handlers of a protocol behind this one.
  init(limits: ServerLimits, install: @escaping (ApplicationProtocol) throws -> Void) {
    self.limits = limits
    self.install = install
  }

  func handlerAdded(context: ChannelHandlerContext) {
    setDeadline(limits.idleTimeout, context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    deadline.cancel()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if received == nil {
      received = bytes
      setDeadline(limits.headTimeout, context)
    } else {
      received?.writeBuffer(&bytes)
    }
    guard let received, let found = Self.protocol(of: received) else { return }
    do {
      try install(found)
    } catch {
      return context.close(promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(received))
    context.fireChannelReadComplete()
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  /// The protocol that begins with these bytes; `nil` where they are too few to tell.
  static func `protocol`(of bytes: ByteBuffer) -> ApplicationProtocol? {
    guard zip(bytes.readableBytesView, preface).allSatisfy(==) else { return .http1 }
    return bytes.readableBytes < preface.count ? nil : .http2
  }

  private func setDeadline(_ timeout: Duration, _ context: ChannelHandlerContext) {
    let loop = context.eventLoop
    deadline.set(timeout, on: loop, expired(loop, NIOLoopBound(context, eventLoop: loop)))
  }

  private func expired(
    _ loop: any EventLoop, _ context: NIOLoopBound<ChannelHandlerContext>
  ) -> @Sendable () -> Void {
    let bound = NIOLoopBound(self, eventLoop: loop)
    return {
      if bound.value.deadline.check(on: loop, bound.value.expired(loop, context)) { context.value.close(promise: nil) }
    }
  }
}
