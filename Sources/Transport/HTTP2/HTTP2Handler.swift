internal import Model
internal import NIOCore

/// Turns the streams of a connection of HTTP/2 into the events of a connection, and answers into
/// frames.
final class HTTP2Handler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  let limits: ServerLimits
  private let time: any TimeSource
  private let workExecutor: any TaskExecutor
  private let makeHandler: @Sendable (any ConnectionTransport) -> any ConnectionHandler
  /// Where calls of gRPC are taken.
  let grpc: GRPCServing?
  var session: HTTP2Session
  private var floodGuard: HTTP2FloodGuard
  private var context: ChannelHandlerContext?
  private(set) var handler: (any ConnectionHandler)?
  private(set) var streams: [HTTP2StreamID: HTTP2Stream] = [:]
  private var timer = ConnectionDeadline()
  private var deadlines: HTTP2Deadlines
  private var incompleteHead: HTTP2StreamID?
  private var isReading = false
  private var isReadPending = false
  /// The peer was told that the server is going, and may not know yet.
  private var isAnnounced = false
  private var isQuiescing = false
  /// Nothing more is read, and nothing sent but why.
  private var isClosing = false
  private var isLingering = false

  /// - Parameter workExecutor: runs tasks on the channel's event loop.
  init(
    limits: ServerLimits, time: any TimeSource, workExecutor: any TaskExecutor, grpc: GRPCServing? = nil,
    makeHandler: @escaping @Sendable (any ConnectionTransport) -> any ConnectionHandler
  ) {
    self.limits = limits
    self.time = time
    self.workExecutor = workExecutor
    self.grpc = grpc
    self.makeHandler = makeHandler
    session = HTTP2Session(limits: limits.http2, headerLimit: limits.maximumHeaderBytes)
    floodGuard = HTTP2FloodGuard(limits.http2, now: time.now)
    deadlines = HTTP2Deadlines(idle: time.now + limits.idleTimeout)
  }

  // MARK: The channel's life

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    handler = makeHandler(HTTP2Connection(loop: context.eventLoop, workExecutor: workExecutor, handler: self))
    setTimer(deadlines.idle)
    flush()
  }

  func channelInactive(context: ChannelHandlerContext) {
    // A call and its stream hold each other, and this handler.
    abortAll()
    handler?.connectionClosed()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer.cancel()
    // The actor and this handler hold each other while the connection lives.
    handler = nil
    self.context = nil
  }

  /// Tells the peer that the server is going. Requests that were on their way are still taken, until
  /// the peer shows that it has read that, or has had time enough for it.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    guard !isQuiescing, !isClosing else { return }
    isQuiescing = true
    isAnnounced = true
    session.announceShutdown()
    for stream in streams.values { stream.call?.shutDown() }
    // Pings overtake what has not been sent yet.
    flush()
    session.ping()
    setDeadline(\.announcement, after: limits.http2.announcementTimeout)
    flush()
  }

  private func endAnnouncement() {
    isAnnounced = false
    deadlines.announcement = nil
    session.shutdown()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    close()
  }

  // MARK: In

  /// Nothing is read from a peer that does not read what it is sent: its requests would only pile up
  /// answers.
  func read(context: ChannelHandlerContext) {
    guard context.channel.isWritable || isClosing else {
      isReadPending = true
      return
    }
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    isReading = true
    defer { isReading = false }
    let bytes = unwrapInboundIn(data)
    bytes.withUnsafeReadableBytes { bytes in
      do throws(HTTP2Session.Failure) {
        for event in try session.feed(bytes) where !isClosing { handle(event, bytes) }
      } catch {
        end(error.code)
      }
    }
    watchHead()
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
    case .streamClosed, .pingAcknowledged, .controlFrame: handle(event)
    }
  }

  /// What can happen while bytes are sent, too.
  private func handle(_ event: HTTP2Event) {
    switch event {
    case .streamClosed(let id, let code): closed(id, code)
    case .pingAcknowledged where isAnnounced: endAnnouncement()
    case .pingAcknowledged: charge(.ping)
    case .controlFrame(let frame): charge(frame)
    case .requestBegan, .data, .requestEnded: preconditionFailure("nothing was read")
    }
  }

  private func charge(_ frame: HTTP2ControlFrame) {
    if !floodGuard.allows(frame, now: time.now) { end(.enhanceYourCalm) }
  }

  private func began(_ id: HTTP2StreamID, _ fields: HTTP2Fields?) {
    let stream = HTTP2Stream(
      id: id, isHead: fields?[":method"] == "HEAD", deadline: time.now + limits.bodyTimeout)
    streams[id] = stream
    setTimer(stream.deadline)
    guard let fields else {
      return respond(to: RequestID(stream.id), with: .text(431, "the request's header fields are too large"))
    }
    if let context, beginCall(stream, fields, on: context.eventLoop) { return }
    stream.isReported = true
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
    if let call = stream.call { return call.received(bytes.bytes) }
    if stream.decision == .collect {
      stream.decision = handler?.bodyArrived(RequestID(id), count: bytes.count) ?? .discard
      if stream.decision == .collect { return stream.body.append(bytes) }
      stream.body = ByteBuilder()
    }
    stream.discarded += bytes.count
    if stream.discarded > limits.discardLimit { reset(stream, stream.isAnswered ? .noError : .cancel) }
  }

  private func ended(_ id: HTTP2StreamID) {
    guard let stream = streams[id], !stream.isComplete else { return }
    stream.isComplete = true
    if let call = stream.call {
      if !stream.isAnswered { stream.deadline = .distantFuture }
      return call.ended()
    }
    guard stream.isReported else { return }
    // Until it is answered, the request is in the hands of others, who have deadlines of their own.
    if !stream.isAnswered { stream.deadline = .distantFuture }
    handler?.requestEnded(RequestID(id), body: stream.takeBody())
  }

  private func closed(_ id: HTTP2StreamID, _ code: HTTP2ErrorCode) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    if stream.isComplete && stream.isAnswered && code == .noError { floodGuard.requestAnswered() }
    abort(stream)
    guard streams.isEmpty else { return }
    deadlines.idle = time.now + limits.idleTimeout
    setTimer(deadlines.idle)
  }

  /// Tells the connection's handler that a request is gone, if it still waits for something.
  private func abort(_ stream: HTTP2Stream) {
    if let call = stream.call {
      // The stream and its call hold each other.
      stream.call = nil
      return call.cancelled()
    }
    guard stream.isReported, !stream.isAnswered else { return }
    stream.giveUpBody()
    handler?.requestAborted(RequestID(stream.id))
  }

  // MARK: Out

  /// Answers a request; does nothing where it is gone or has its answer.
  func respond(to id: RequestID, with answer: Answer) {
    let id = HTTP2StreamID(id.number)
    guard let stream = streams[id], !stream.isAnswered else { return }
    if let call = stream.call { return call.respond(answer) }
    answered(stream)
    var fields = HTTP2Fields()
    fields.add(":status", String(answer.status))
    fields.add(answer.fields)
    fields.add("content-length", String(answer.body.count))
    session.respond(on: id, fields: fields, body: stream.isHead ? [] : answer.body)
    flushUnlessReading()
  }

  /// The answer of a stream is complete; the peer has so long to take it.
  func answered(_ stream: HTTP2Stream) {
    stream.isAnswered = true
    stream.deadline = time.now + limits.writeTimeout
    setTimer(stream.deadline)
  }

  /// Sends at once, unless there is more to come from what is being read.
  func flushUnlessReading() {
    if !isReading { flush() }
  }

  private func reset(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
    guard !stream.isReset else { return }
    stream.isReset = true
    session.reset(stream.id, code)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      deadlines.write = nil
      flush()
      resumeReading()
    } else {
      setDeadline(\.write, after: limits.writeTimeout)
    }
    context.fireChannelWritabilityChanged()
  }

  private func resumeReading() {
    guard isReadPending else { return }
    isReadPending = false
    context?.read()
  }

  /// Sends what there is to be sent, as far as the peer takes it.
  private func flush() {
    guard let context, !isLingering, isClosing || context.channel.isWritable else { return }
    var output = context.channel.allocator.buffer(capacity: 0)
    session.drain { bytes in
      output.writeBytes(bytes)
      return (isClosing || context.channel.isWritable) && output.readableBytes < 256 << 10
    }
    let hasOutput = output.readableBytes > 0
    if hasOutput { context.writeAndFlush(wrapOutboundOut(output), promise: nil) }
    floodGuard.answersSent(frames: session.takeSentDataFrames())
    // Sending the last of an answer closes its stream.
    for event in session.takeEvents() where !isClosing { handle(event) }
    if hasOutput && session.wantsWrite { return flush() }
    if session.isOver || isClosing { linger() }
  }

  // MARK: The end

  /// Ends the connection, and tells the peer why.
  private func end(_ code: HTTP2ErrorCode) {
    guard !isClosing else { return }
    isClosing = true
    session.terminate(code)
    abortAll()
  }

  private func abortAll() {
    for stream in streams.values { abort(stream) }
    streams.removeAll()
  }

  /// Sends nothing more, and waits for the peer to close its side. What it sends until then is thrown
  /// away: to close with bytes unread would take from the peer what it has not read yet itself.
  private func linger() {
    guard !isLingering else { return }
    isLingering = true
    isClosing = true
    setDeadline(\.linger, after: limits.http2.lingerTimeout)
    context?.close(mode: .output, promise: nil)
    resumeReading()
  }

  private func close() {
    isClosing = true
    context?.close(promise: nil)
  }

  // MARK: Time

  private func setDeadline(_ deadline: WritableKeyPath<HTTP2Deadlines, MonotonicTime?>, after timeout: Duration) {
    let time = time.now + timeout
    deadlines[keyPath: deadline] = time
    setTimer(time)
  }

  /// Sees to it that deadlines are looked at at this time, or before.
  private func setTimer(_ deadline: MonotonicTime) {
    guard let loop = context?.eventLoop, deadline < deadlines.nextLook else { return }
    deadlines.nextLook = deadline
    timer.set(max(deadline - time.now, .milliseconds(1)), on: loop, timerFired(loop))
  }

  private func timerFired(_ loop: any EventLoop) -> @Sendable () -> Void {
    let bound = NIOLoopBound(self, eventLoop: loop)
    return { bound.value.checkDeadlines(loop) }
  }

  private func checkDeadlines(_ loop: any EventLoop) {
    guard timer.check(on: loop, timerFired(loop)) else { return }
    deadlines.nextLook = .distantFuture
    let now = time.now
    // Nothing that could be sent would arrive.
    if deadlines.isOver(\.write, now) || deadlines.isOver(\.linger, now) { return close() }
    if !isClosing { checkRequests(now) }
    flush()
    setTimer(nextDeadline)
  }

  private var nextDeadline: MonotonicTime {
    if isClosing { return deadlines.nextOfEnd }
    return streams.values.map(\.deadline).reduce(deadlines.next(isIdle: streams.isEmpty), min)
  }

  private func checkRequests(_ now: MonotonicTime) {
    if deadlines.isOver(\.announcement, now) { endAnnouncement() }
    if deadlines.isOver(\.head, now) { return end(.enhanceYourCalm) }
    if streams.isEmpty && deadlines.idle <= now { return end(.noError) }
    for stream in streams.values where stream.deadline <= now && !isClosing { giveUp(stream) }
  }

  /// The time that a request's head may take runs from when it is the one that is being read.
  private func watchHead() {
    guard session.incompleteHead != incompleteHead else { return }
    incompleteHead = session.incompleteHead
    deadlines.head = nil
    if incompleteHead != nil { setDeadline(\.head, after: limits.headTimeout) }
  }

  private func giveUp(_ stream: HTTP2Stream) {
    guard stream.isAnswered else {
      if let call = stream.call { return call.timedOut() }
      stream.giveUpBody()
      handler?.requestTimedOut(RequestID(stream.id))
      return
    }
    stream.deadline = .distantFuture
    // The peer has its answer, but does not end its request.
    if session.isAnswered(stream.id) { return reset(stream, .noError) }
    // It does not read its answer. Where it reads no other one either, it is of no more use.
    if session.isWindowClosed { end(.enhanceYourCalm) } else { reset(stream, .cancel) }
  }
}

extension MonotonicTime {
  /// A moment that does not come.
  static let distantFuture = MonotonicTime(nanoseconds: .max)
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
