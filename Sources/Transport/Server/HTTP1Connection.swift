internal import Model
internal import NIOCore

/// A connection of HTTP/1.1 as the actor that serves it sees it.
struct HTTP1Connection: ConnectionTransport {
  let workExecutor: (any TaskExecutor)?
  private let loop: any EventLoop
  private let handler: NIOLoopBound<HTTP1Handler>

  /// - Parameters:
  ///   - workExecutor: runs tasks on `loop`.
  ///   - handler: used on `loop` only.
  init(loop: any EventLoop, workExecutor: any TaskExecutor, handler: HTTP1Handler) {
    self.loop = loop
    self.workExecutor = workExecutor
    self.handler = NIOLoopBound(handler, eventLoop: loop)
  }

  var executor: any SerialExecutor { loop.executor }

  func respond(to id: RequestID, with answer: Answer) {
    handler.value.respond(to: id, with: answer)
  }
}
