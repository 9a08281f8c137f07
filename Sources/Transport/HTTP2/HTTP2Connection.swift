internal import Model
internal import NIOCore

/// A connection of HTTP/2 as the actor that serves it sees it. A request's id is its stream.
struct HTTP2Connection: ConnectionTransport {
  private let loop: any EventLoop
  private let handler: NIOLoopBound<HTTP2Handler>

  /// - Parameter handler: used on `loop` only.
  init(loop: any EventLoop, handler: HTTP2Handler) {
    self.loop = loop
    self.handler = NIOLoopBound(handler, eventLoop: loop)
  }

  var executor: any SerialExecutor { loop.executor }

  func respond(to id: RequestID, with answer: Answer) {
    handler.value.respond(to: id, with: answer)
  }
}
