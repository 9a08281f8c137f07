internal import Model
internal import NIOCore

/// A connection of HTTP/2 as the actor that serves it sees it. A request's id is its stream.
struct HTTP2Connection: ConnectionTransport {
  let workExecutor: (any TaskExecutor)?
  private let loop: any EventLoop
  private let handler: NIOLoopBound<HTTP2Handler>

  /// - Parameters:
  ///   - workExecutor: runs tasks on `loop`.
  ///   - handler: used on `loop` only.
  init(loop: any EventLoop, workExecutor: any TaskExecutor, handler: HTTP2Handler) {
    self.loop = loop
    self.workExecutor = workExecutor
    self.handler = NIOLoopBound(handler, eventLoop: loop)
  }

  var executor: any SerialExecutor { loop.executor }

  func respond(to id: RequestID, with answer: Answer) {
    handler.value.respond(to: id, with: answer)
  }
}
