internal import NIOCore

/// Tells when bytes arrive, before the decoder has made a request of them: the time that a request's
/// head may take runs from its first byte.
final class FirstByteHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let bytesArrived: () -> Void

  init(_ bytesArrived: @escaping () -> Void) {
    self.bytesArrived = bytesArrived
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytesArrived()
    context.fireChannelRead(data)
  }
}
