internal import Model
internal import NIOCore

/// Turns the streams of a connection of HTTP/2 into the events of a connection, and answers into
/// frames.
final class HTTP2Handler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let limits: ServerLimits
  private let time: any TimeSource
  private let makeHandler: @Sendable (any ConnectionTransport) -> any ConnectionHandler
  private var session: HTTP2Session
  private var floodGuard: HTTP2FloodGuard
  private var context: ChannelHandlerContext?
  private var handler: (any ConnectionHandler)?
  private var streams: [HTTP2StreamID: HTTP2Stream] = [:]
  private var timer = ConnectionDeadline()
  private var idleSince: MonotonicTime
  private var isReading = false
  private var isQuiescing = false
  private var isClosing = false

  init(
    limits: ServerLimits, time: any TimeSource,
    makeHandler: @escaping @Sendable (any ConnectionTransport) -> any ConnectionHandler
  ) {
    self.limits = limits
    self.time = time
    self.makeHandler = makeHandler
    session = HTTP2Session(limits: limits.http2, headerLimit: limits.maximumHeaderBytes)
    floodGuard = HTTP2FloodGuard(limits.http2, now: time.now)
    idleSince = time.now
  }

  // MARK: The channel's life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    handler = makeHandler(HTTP2Connection(loop: context.eventLoop, handler: self))
    setTimer(limits.idleTimeout)
    flush()
  }

  func channelInactive(context: ChannelHandlerContext) {
    handler?.connectionClosed()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer.cancel()
    // The actor and this handler hold each other while the connection lives.
    handler = nil
    self.context = nil
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    isQuiescing = true
    session.announceShutdown()
    session.shutdown()
    flush()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    close()
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    isReading = true
    defer { isReading = false }
    let bytes = unwrapInboundIn(data)
    bytes.withUnsafeReadableBytes { bytes in
      do {
        for event in try session.feed(bytes) { handle(event, bytes) }
      } catch {
        session.terminate(.protocolError)
        isClosing = true
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush()
    context.fireChannelReadComplete()
  }

  private func handle(_ event: HTTP2Event, _ input: UnsafeRawBufferPointer) {
    switch event {
    case .requestBegan(let id, let fields): began(id, fields)
    case .data(let id, let range): received(id, UnsafeRawBufferPointer(rebasing: input[range]))
    case .requestEnded(let id): ended(id)
    case .streamClosed(let id, _): closed(id)
    case .controlFrame(let frame):
      guard !floodGuard.allows(frame, now: time.now) else { return }
      session.terminate(.enhanceYourCalm)
      isClosing = true
    }
  }

  private func began(_ id: HTTP2StreamID, _ fields: HTTP2Fields?) {
    let stream = HTTP2Stream(
      id: id, isHead: fields?[":method"] == "HEAD", deadline: time.now + limits.bodyTimeout)
    streams[id] = stream
    setTimer(limits.bodyTimeout)
    guard let fields else {
      return respond(to: RequestID(stream.id), with: .text(431, "the request's header fields are too large"))
    }
    let decision = handler?.requestBegan(RequestID(id), RequestHead(fields)) ?? .discard
    stream.decision = decision
    if decision == .collect, fields["expect"]?.lowercased() == "100-continue" {
      var head = HTTP2Fields()
      head.add(":status", "100")
      session.inform(on: id, fields: head)
    }
  }

  private func received(_ id: HTTP2StreamID, _ bytes: UnsafeRawBufferPointer) {
    // Whatever becomes of the bytes, they are read: the peer may send as many more.
    session.consume(bytes.count, on: id)
    guard let stream = streams[id] else { return }
    if stream.decision == .collect {
      stream.decision = handler?.bodyArrived(RequestID(id), count: bytes.count) ?? .discard
      if stream.decision == .collect { return stream.body.append(bytes) }
      stream.body = ByteBuilder()
    }
    stream.discarded += bytes.count
    if stream.discarded > limits.discardLimit { session.reset(id, stream.isAnswered ? .noError : .cancel) }
  }

  private func ended(_ id: HTTP2StreamID) {
    guard let stream = streams[id], !stream.isComplete else { return }
    stream.isComplete = true
    // Until it is answered, the request is in the hands of others, who have deadlines of their own.
    stream.deadline = time.now + .seconds(86400)
    floodGuard.requestCompleted()
    handler?.requestEnded(RequestID(id), body: stream.takeBody())
  }

  private func closed(_ id: HTTP2StreamID) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    if !stream.isAnswered { handler?.requestAborted(RequestID(id)) }
    if streams.isEmpty {
      idleSince = time.now
      setTimer(limits.idleTimeout)
    }
  }

  // MARK: Out

  /// Answers a request; does nothing where it is gone or has its answer.
  func respond(to id: RequestID, with answer: Answer) {
    let id = HTTP2StreamID(id.number)
    guard let stream = streams[id], !stream.isAnswered else { return }
    stream.isAnswered = true
    stream.deadline = time.now + limits.writeTimeout
    setTimer(limits.writeTimeout)
    var fields = HTTP2Fields()
    fields.add(":status", String(answer.status))
    for (name, value) in answer.fields.fields { fields.add(name.lowercased(), value) }
    fields.add("content-length", String(answer.body.count))
    session.respond(on: id, fields: fields, body: stream.isHead ? [] : answer.body)
    if !isReading { flush() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { flush() }
    context.fireChannelWritabilityChanged()
  }

  /// Sends what there is to be sent, as far as the peer takes it.
  private func flush() {
    guard let context else { return }
    var output = context.channel.allocator.buffer(capacity: 0)
    session.drain { bytes in
      output.writeBytes(bytes)
      return context.channel.isWritable && output.readableBytes < 256 << 10
    }
    let hasOutput = output.readableBytes > 0
    if hasOutput { context.writeAndFlush(wrapOutboundOut(output), promise: nil) }
    // Sending the last of an answer closes its stream.
    for event in session.takeEvents() {
      if case .streamClosed(let id, _) = event { closed(id) }
    }
    if hasOutput && session.wantsWrite && context.channel.isWritable && !isClosing { return flush() }
    if session.isOver || isClosing || (isQuiescing && streams.isEmpty) { close() }
  }

  private func close() {
    isClosing = true
    context?.close(promise: nil)
  }

  // MARK: Time

  private func setTimer(_ timeout: Duration) {
    guard let loop = context?.eventLoop else { return }
    timer.set(timeout, on: loop, timerFired(loop))
  }

  private func timerFired(_ loop: any EventLoop) -> @Sendable () -> Void {
    let bound = NIOLoopBound(self, eventLoop: loop)
    return { bound.value.checkDeadlines(loop) }
  }

  private func checkDeadlines(_ loop: any EventLoop) {
    guard timer.check(on: loop, timerFired(loop)) else { return }
    let now = time.now
    guard !streams.isEmpty else {
      if now - idleSince >= limits.idleTimeout { return close() }
      return setTimer(limits.idleTimeout - (now - idleSince))
    }
    for stream in streams.values where stream.deadline <= now { giveUp(stream) }
    flush()
    if let next = streams.values.map(\.deadline).min() { setTimer(max(next - now, .milliseconds(100))) }
  }

  private func giveUp(_ stream: HTTP2Stream) {
    guard !stream.isAnswered, !stream.isComplete else {
      // The peer does not read its answer, or does not end its request.
      return session.reset(stream.id, .cancel)
    }
    handler?.requestAborted(RequestID(stream.id))
    respond(to: RequestID(stream.id), with: .text(408, "the request's body did not come in time"))
  }
}

extension RequestID {
  /// The id of a stream's request.
  init(_ stream: HTTP2StreamID) {
    self.init(Int(stream))
  }
}

extension RequestHead {
  /// The head of a request of HTTP/2.
  init(_ fields: HTTP2Fields) {
    var regular = HeaderFields([])
    for field in fields.fields where !field.name.hasPrefix(":") { regular.add(field.name, field.value) }
    self.init(
      method: fields[":method"] ?? "", target: fields[":path"] ?? "/", fields: regular,
      contentLength: fields["content-length"].map { Int($0) ?? .max })
  }
}
