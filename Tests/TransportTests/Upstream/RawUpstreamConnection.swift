import NIOCore
import TestSupport

/// One connection of a ``RawUpstream``.
final class RawUpstreamConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let number: Int
  private let observed: Watched<RawUpstream.Observed>
  private let reply: @Sendable (Int, Int) -> RawUpstream.Reply
  private var received: [UInt8] = []
  private var answered = 0

  init(
    number: Int, observed: Watched<RawUpstream.Observed>,
    reply: @escaping @Sendable (Int, Int) -> RawUpstream.Reply
  ) {
    self.number = number
    self.observed = observed
    self.reply = reply
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytesView
    guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
    let length = head.split(separator: "\r\n").compactMap { line in
      line.hasPrefix("Content-Length: ") ? Int(line.dropFirst(16)) : nil
    }.first
    let reply = reply(number, answered)
    guard reply.isEarly || received.count - end.upperBound >= length ?? 0 else { return }
    answered += 1
    observed.update { [number, count = received.count - end.upperBound] observed in
      observed.heads[number].append(head)
      observed.bodyBytes += count
    }
    received = []
    send(reply, context)
  }

  private func send(_ reply: RawUpstream.Reply, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    var sent = context.eventLoop.makeSucceededVoidFuture()
    for piece in reply.pieces {
      sent = sent.flatMap {
        let context = bound.value
        return context.writeAndFlush(NIOAny(context.channel.allocator.buffer(string: piece)))
      }
    }
    if reply.closesOutput { sent.whenComplete { _ in bound.value.close(mode: .output, promise: nil) } }
    guard reply.closes else { return }
    sent.whenComplete { _ in bound.value.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
