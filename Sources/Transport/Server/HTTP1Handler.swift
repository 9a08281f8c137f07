internal import Model
internal import NIOCore
internal import NIOHTTP1

/// Turns the parts of HTTP/1.1 requests into the events of a connection, and answers into parts.
///
/// Stands behind NIO's decoder and pipeline handler, which lets in one request at a time: pipelined
/// requests wait, and are answered in order.
final class HTTP1Handler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let limits: ServerLimits
  private let workExecutor: any TaskExecutor
  private let makeHandler: @Sendable (any ConnectionTransport) -> any ConnectionHandler
  private var context: ChannelHandlerContext?
  private var handler: (any ConnectionHandler)?
  private var lastID = 0
  private var exchange: HTTP1Exchange?
  private var body = HTTP1Body(length: nil)
  private var deadline = ConnectionDeadline()
  private var isReadingHead = false
  /// Whether a part of a request is being dealt with.
  private var isReading = false
  /// The answer whose end is still to be written.
  private var owedEnd: OwedEnd?
  /// How many answers have their end written, and have not left yet.
  private var leaving = 0
  private var isClosing = false
  /// Whether an answer was given that is the connection's last. What follows its request is no request.
  private var isLast = false

  private struct OwedEnd {
    /// Whether the connection goes on after it.
    var isKeepAlive: Bool
  }

  /// - Parameter workExecutor: runs tasks on the channel's event loop.
  init(
    limits: ServerLimits, workExecutor: any TaskExecutor,
    makeHandler: @escaping @Sendable (any ConnectionTransport) -> any ConnectionHandler
  ) {
    self.limits = limits
    self.workExecutor = workExecutor
    self.makeHandler = makeHandler
  }

  // MARK: The channel's life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    handler = makeHandler(HTTP1Connection(loop: context.eventLoop, workExecutor: workExecutor, handler: self))
    setDeadline(limits.idleTimeout)
  }

  func channelInactive(context: ChannelHandlerContext) {
    handler?.connectionClosed()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    deadline.cancel()
    // The actor and this handler hold each other while the connection lives.
    handler = nil
    self.context = nil
  }

  /// Bytes have arrived, of whatever.
  func bytesArrived() {
    guard exchange == nil, owedEnd == nil, !isReadingHead else { return }
    isReadingHead = true
    setDeadline(limits.headTimeout)
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    isReading = true
    defer { isReading = false }
    switch unwrapInboundIn(data) {
    case .head(let head): if !isLast { began(head) }
    case .body(let bytes): received(bytes)
    case .end: ended()
    }
  }

  private func began(_ head: HTTPRequestHead) {
    isReadingHead = false
    lastID += 1
    let id = RequestID(lastID)
    let expectation = head.headers["Expect"].first
    exchange = HTTP1Exchange(
      id: id, isHead: head.method == .HEAD, awaitsContinue: expectation?.lowercased() == "100-continue",
      isKeepAlive: head.isKeepAlive && !head.asksForAnotherProtocol)
    setDeadline(limits.bodyTimeout)
    if let expectation, expectation.lowercased() != "100-continue" {
      return refuse(id, .text(417, "unknown expectation \(expectation)", closing: true))
    }
    if head.version != .http1_1, head.headers.contains(name: "Transfer-Encoding") {
      return refuse(id, .text(400, "HTTP/1.0 has no transfer codings", closing: true))
    }
    if let coding = head.headers.first(name: "Transfer-Encoding"), coding.lowercased() != "chunked" {
      return refuse(id, .text(501, "transfer coding \(coding) is not supported", closing: true))
    }
    exchange?.isReported = true
    let decision = handler?.requestBegan(id, RequestHead(head)) ?? .discard
    guard exchange?.id == id else { return }
    exchange?.decision = decision
    if decision == .collect { beginBody(RequestHead.contentLength(of: head)) }
  }

  private func refuse(_ id: RequestID, _ answer: Answer) {
    respond(to: id, with: answer)
  }

  private func beginBody(_ length: Int?) {
    body = HTTP1Body(length: length)
    guard exchange?.awaitsContinue == true else { return }
    let head = HTTPResponseHead(version: .http1_1, status: .continue)
    context?.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func received(_ bytes: ByteBuffer) {
    guard let current = exchange else { return }
    if current.decision == .collect {
      let decision = handler?.bodyArrived(current.id, count: bytes.readableBytes) ?? .discard
      exchange?.decision = decision
      if decision == .collect {
        body.append(bytes)
        return
      }
      body = HTTP1Body(length: nil)
    }
    exchange?.discarded += bytes.readableBytes
    if let discarded = exchange?.discarded, discarded > limits.discardLimit { close() }
  }

  private func ended() {
    guard let current = exchange else { return }
    exchange?.isComplete = true
    // An answer that was given before has a deadline of its own.
    if !current.isAnswered { deadline.clear() }
    var complete = HTTP1Body(length: nil)
    swap(&complete, &body)
    if current.isReported { handler?.requestEnded(current.id, body: complete.freeze()) }
    guard current.isAnswered else { return }
    // It was refused before it was complete. What had to be read so that the peer reads its answer is
    // read now.
    exchange = nil
    if current.hasLeft { goOn(keepAlive: current.isKeepAlive) }
  }

  // MARK: Answers

  /// Answers a request; does nothing where it is gone or has its answer.
  func respond(to id: RequestID, with answer: Answer) {
    guard let context, let current = exchange, current.id == id, !current.isAnswered else { return }
    exchange?.isAnswered = true
    // A peer that waits for permission may now send the body or not; nobody can tell which.
    let mustClose = answer.closesConnection || (!current.isComplete && current.awaitsContinue)
    if mustClose { exchange?.isKeepAlive = false }
    let isKeepAlive = current.isKeepAlive && !mustClose
    if !isKeepAlive { isLast = true }

    var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status))
    for (name, value) in answer.fields.fields { head.headers.add(name: name, value: value) }
    head.headers.add(name: "Content-Length", value: String(answer.body.count))
    if !isKeepAlive { head.headers.add(name: "Connection", value: "close") }
    setDeadline(limits.writeTimeout)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !answer.body.isEmpty && !current.isHead {
      let bytes = context.channel.allocator.buffer(bytes: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }
    owedEnd = OwedEnd(isKeepAlive: isKeepAlive)
    if !isReading && context.channel.isWritable { return writeOwedEnd() }
    context.flush()
    writeOwedEndLater(on: context.eventLoop)
  }

  /// The end of an answer lets the next request in, which may be here already. From within the reading of a request that
  /// would be one call within the other, for as many as there are.
  private func writeOwedEndLater(on loop: any EventLoop) {
    let bound = NIOLoopBound(self, eventLoop: loop)
    loop.execute { bound.value.writeOwedEnd() }
  }

  /// Ends an answer, unless the peer does not take what it was sent: further requests of such a one would only pile up
  /// answers.
  private func writeOwedEnd() {
    guard let context, let end = owedEnd, context.channel.isWritable else { return }
    owedEnd = nil
    leaving += 1
    // The next request, if there is one already, comes in while the end of this answer is written.
    finishIfDone()
    let written = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    written.futureResult.whenComplete { _ in bound.value.answerWritten(keepAlive: end.isKeepAlive) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable, owedEnd != nil { writeOwedEndLater(on: context.eventLoop) }
    context.fireChannelWritabilityChanged()
  }

  /// Ends an exchange whose request is read and whose answer is written.
  private func finishIfDone() {
    guard let current = exchange, current.isComplete, current.isAnswered else { return }
    exchange = nil
  }

  private func answerWritten(keepAlive: Bool) {
    leaving -= 1
    // A later answer is on its way, or about to be.
    guard allHaveLeft else { return }
    // Without an exchange, this one is over. With one, it is the next that is here already, or the rest
    // of this one's refused body is still to come.
    guard let current = exchange else { return goOn(keepAlive: keepAlive) }
    guard current.isAnswered else { return }
    exchange?.hasLeft = true
    setDeadline(limits.headTimeout)
  }

  /// There is no exchange; the next one may begin, or there is none.
  private func goOn(keepAlive: Bool) {
    if keepAlive && !isClosing { setDeadline(limits.idleTimeout) } else { close() }
  }

  /// The answer that was given is the last one; nothing is waited for but that it leaves.
  private func closeAfterAnswer() {
    exchange = nil
    if allHaveLeft { close() }
  }

  /// Whether all answers that were given have left.
  private var allHaveLeft: Bool { leaving == 0 && owedEnd == nil }

  // MARK: Errors

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError, !isClosing else { return close() }
    // Whatever the peer meant, it cannot be told where its next request begins.
    isClosing = true
    if isLast || exchange?.isAnswered == true { return closeAfterAnswer() }
    if let current = exchange { handler?.requestAborted(current.id) }
    lastID += 1
    exchange = HTTP1Exchange(id: RequestID(lastID), isHead: false, awaitsContinue: false, isKeepAlive: false)
    exchange?.isComplete = true
    let status = error == .headerOverflow ? 431 : 400
    respond(to: RequestID(lastID), with: .text(status, "malformed request: \(error)", closing: true))
  }

  private func setDeadline(_ timeout: Duration) {
    guard let loop = context?.eventLoop else { return }
    deadline.set(timeout, on: loop, expired(loop))
  }

  private func expired(_ loop: any EventLoop) -> @Sendable () -> Void {
    let bound = NIOLoopBound(self, eventLoop: loop)
    return { bound.value.deadlineReached(loop) }
  }

  private func deadlineReached(_ loop: any EventLoop) {
    guard deadline.check(on: loop, expired(loop)) else { return }
    if let current = exchange, !current.isComplete, !current.isAnswered {
      exchange?.isKeepAlive = false
      handler?.requestTimedOut(current.id)
      isClosing = true
      return
    }
    close()
  }

  private func close() {
    isClosing = true
    context?.close(promise: nil)
  }
}

extension HTTPRequestHead {
  /// Whether the parser takes what follows the request for another protocol. There is none here.
  fileprivate var asksForAnotherProtocol: Bool {
    if method == .CONNECT { return true }
    return headers.contains(name: "Upgrade")
      && headers[canonicalForm: "Connection"].contains { $0.lowercased() == "upgrade" }
  }
}

extension Answer {
  /// An answer in plain text after which the connection is closed, or not.
  static func text(_ status: Int, _ text: String, closing: Bool) -> Answer {
    var answer = Answer.text(status, text)
    answer.closesConnection = closing
    return answer
  }
}

extension RequestHead {
  /// The head of a request of HTTP/1.1.
  init(_ head: HTTPRequestHead) {
    self.init(
      method: head.method.rawValue, target: head.uri,
      fields: HeaderFields(head.headers.map { (name: $0.name, value: $0.value) }),
      contentLength: Self.contentLength(of: head))
  }

  /// The length that the head announces: 0 where there is no body, `nil` where it comes in chunks.
  static func contentLength(of head: HTTPRequestHead) -> Int? {
    if head.headers.contains(name: "Transfer-Encoding") { return nil }
    guard let text = head.headers.first(name: "Content-Length") else { return 0 }
    // The decoder has checked that it is a number; one that is too large for an Int is too large.
    return Int(text) ?? .max
  }
}
