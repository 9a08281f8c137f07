internal import NIOCore

/// Waits for the end of the handshake, and has the handlers of the protocol installed that was agreed.
final class TLSProtocolHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let install: (ApplicationProtocol?) throws -> Void

  /// - Parameter install: adds a protocol's handlers at the end of the pipeline. Gets `nil` where the client
  ///   did not say what it wants to speak.
  init(_ install: @escaping (ApplicationProtocol?) throws -> Void) {
    self.install = install
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? TLSHandshakeCompleted { begin(event.applicationProtocol, context) }
    context.fireUserInboundEventTriggered(event)
  }

  private func begin(_ protocol: ApplicationProtocol?, _ context: ChannelHandlerContext) {
    do {
      try install(`protocol`)
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    } catch {
      context.close(promise: nil)
    }
  }
}
