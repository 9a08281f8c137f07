import NIOCore

/// A full socket: what is written waits until the test lets it go.
final class HeldWrites: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var promises: [EventLoopPromise<Void>] = []

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if let promise { promises.append(promise) }
    context.write(data, promise: nil)
  }

  /// Lets all go, in the order in which it was written.
  func release() {
    for promise in promises { promise.succeed() }
    promises = []
  }
}
