internal import Model

/// One call of gRPC on a stream of HTTP/2, as the server sees it.
///
/// Every input returns what has to be done because of it, if anything. Nothing here waits, sends, or looks
/// at a clock. ``GRPCStream`` carries it out.
///
/// A call is `reading` until its request is complete. One that is forwarded, and a check of health, is then
/// `waiting` for its answer; a watch of health is `watching` until the client or the server has enough. The
/// call ends as `done`, whichever of answer, error, cancellation and deadline comes first; what comes after
/// that is dropped silently, since none of the sides can know of the other's end at once.
///
/// The handler is asked to take a request when the prefix of the message is here, and not at the head:
/// only then is known how the body is encoded and how long it is.
struct GRPCCall: ~Copyable {
  /// What has to be done.
  enum Action {
    /// Begin a request with the handler, and report what it says by ``decided(_:)``.
    case begin(RequestHead)
    /// Tell the handler of so many bytes more of the body, and report what it says by ``decided(_:)``.
    case bodyArrived(Int)
    /// End the request with the handler.
    case end(SharedBytes)
    /// Abort the request with the handler, and begin and end this one in its place, for whose body so many bytes are held.
    case restart(RequestHead, SharedBytes, held: Int)
    /// Report by ``readiness(_:)`` whether the process is ready.
    case checkReadiness
    /// The same, now and at every change until the call is done.
    case watchReadiness
    /// Send this.
    case send([GRPCOutput])
    /// Abort the request with the handler, and send this.
    case abort([GRPCOutput])
  }

  private enum Phase {
    case reading
    case waiting
    case watching
    case done
  }

  /// What the handler has to do with the call.
  private enum Engagement {
    case none
    case collecting
    case discarding
  }

  private let configuration: GRPCConfiguration
  /// What is called; `nil` where the head is refused.
  private let request: GRPCRequest?
  private let refusal: [GRPCOutput]
  private var decoder: GRPCMessageDecoder
  private var body = GRPCMessageBody()
  private var messages = 0
  private var phase = Phase.reading
  private var engagement = Engagement.none
  private var hasBegun = false
  private var lastState: GRPCHealth.State?

  init(_ head: RequestHead, configuration: GRPCConfiguration) {
    self.configuration = configuration
    let (request, refusal) = Self.read(head)
    self.request = request
    self.refusal = refusal
    let isForwarded = request?.method.isForwarded ?? false
    decoder = GRPCMessageDecoder(
      limit: isForwarded ? configuration.messageLimit : GRPCConfiguration.controlMessageLimit)
  }

  private static func read(_ head: RequestHead) -> (GRPCRequest?, [GRPCOutput]) {
    guard GRPCRequest.isProtobuf(head.fields["Content-Type"]) else { return (nil, GRPCReply.unsupportedMediaType) }
    do {
      return (try GRPCRequest(head), [])
    } catch {
      return (nil, GRPCReply.end(GRPCTrailers.fields(error), hasBegun: false))
    }
  }

  /// How long the client waits, where it says so.
  var timeout: Duration? { request?.timeout }

  /// Whether nothing will come of the call any more.
  var isDone: Bool { phase == .done }

  /// Whether the call goes on for as long as the client likes, so that silence on it means nothing.
  var isOpenEnded: Bool {
    switch request?.method {
    case .watchHealth, .reflect, .reflectAlpha: true
    case .push, .handle, .checkHealth, nil: false
    }
  }

  /// Whether the handler is given the body, of which more is to come.
  var isCollecting: Bool { phase == .reading && engagement == .collecting }

  // MARK: From the client

  /// The head is here.
  mutating func start() -> Action? {
    guard request == nil else { return nil }
    phase = .done
    return .send(refusal)
  }

  /// More bytes have come. To be called until it returns `nil`.
  ///
  /// - Parameter offset: where to go on in `bytes`; moves on.
  mutating func received(_ bytes: RawSpan, from offset: inout Int) -> Action? {
    guard let request, phase == .reading, engagement != .discarding else {
      offset = bytes.byteCount
      return nil
    }
    do throws(GRPCStatus) {
      while let part = try decoder.next(in: bytes, from: &offset) {
        if let action = try take(part, of: bytes, request) { return action }
      }
      return nil
    } catch {
      return fail(error)
    }
  }

  private mutating func take(
    _ part: GRPCMessageDecoder.Part, of bytes: RawSpan, _ request: GRPCRequest
  ) throws(GRPCStatus) -> Action? {
    switch part {
    case .began(let isCompressed, let length):
      return try began(isCompressed, length, request)
    case .payload(let range):
      let before = body.count
      try body.append(bytes.extracting(range))
      return request.method.isForwarded && body.count > before ? .bodyArrived(body.count - before) : nil
    case .ended:
      guard request.method.takesStream else { return try body.lengthToCome().map(Action.bodyArrived) }
      return send([.data(try GRPCReflection.shared.answer(try finishBody()))])
    }
  }

  private mutating func began(
    _ isCompressed: Bool, _ length: Int, _ request: GRPCRequest
  ) throws(GRPCStatus) -> Action? {
    guard messages == 0 || request.method.takesStream else {
      throw GRPCStatus(.unimplemented, "the method takes one message, and there are more")
    }
    guard !isCompressed || request.encoding != .identity else {
      throw GRPCStatus(.internal, "a message is compressed, and there is no grpc-encoding")
    }
    messages += 1
    let isForwarded = request.method.isForwarded
    body = GRPCMessageBody(
      isCompressed ? request.encoding : .identity, length: length,
      limit: isForwarded ? configuration.decompressedLimit : GRPCConfiguration.controlMessageLimit,
      keepsBlock: request.method == .push)
    guard isForwarded else { return nil }
    engagement = .collecting
    return .begin(request.loadHead(isCompressed: isCompressed, length: length))
  }

  private mutating func finishBody() throws(GRPCStatus) -> SharedBytes {
    var complete = GRPCMessageBody()
    swap(&complete, &body)
    return try complete.finish()
  }

  /// The request is complete.
  mutating func ended() -> Action? {
    guard let request, phase == .reading else { return nil }
    phase = .waiting
    guard engagement != .discarding else { return .end(SharedBytes([])) }
    do throws(GRPCStatus) {
      guard decoder.isBetweenMessages else { throw GRPCStatus(.internal, "the stream ends within a message") }
      if request.method.takesStream { return finish(.ok) }
      guard messages == 1 else { throw GRPCStatus(.unimplemented, "the method takes one message, and there is none") }
      return try answer(request, try finishBody())
    } catch {
      return fail(error)
    }
  }

  private mutating func answer(_ request: GRPCRequest, _ message: SharedBytes) throws(GRPCStatus) -> Action? {
    switch request.method {
    case .push:
      return .end(message)
    case .handle:
      let inner = try HTTPGRPC.request(in: message, outer: request.fields)
      return .restart(inner.head, inner.body, held: message.count)
    case .checkHealth:
      let service = try GRPCHealth.service(in: message)
      guard GRPCHealth.services.contains(service) else {
        throw GRPCStatus(.notFound, "unknown service \(service)")
      }
      return .checkReadiness
    case .watchHealth:
      phase = .watching
      guard GRPCHealth.services.contains(try GRPCHealth.service(in: message)) else {
        return send([.data(GRPCHealth.response(.serviceUnknown))])
      }
      return .watchReadiness
    case .reflect, .reflectAlpha:
      preconditionFailure("streams are answered message by message")
    }
  }

  /// The client has given up, or is gone.
  mutating func cancelled() -> Action? {
    phase == .done ? nil : fail([])
  }

  // MARK: From the handler

  /// What the handler wants of the body.
  mutating func decided(_ decision: BodyDecision) {
    // It may have given its answer together with this.
    guard decision == .discard, engagement == .collecting else { return }
    engagement = .discarding
    body = GRPCMessageBody()
  }

  /// The handler answers.
  mutating func answered(_ answer: Answer) -> Action? {
    guard let request, phase != .done else { return nil }
    phase = .done
    engagement = .none
    return .send(request.method == .handle ? Self.handled(answer) : Self.pushed(answer))
  }

  private static func pushed(_ answer: Answer) -> [GRPCOutput] {
    let status = GRPCStatus(answer)
    guard status.code != .ok else { return GRPCReply.emptySuccess }
    return GRPCReply.end(withRetryAfter(GRPCTrailers.fields(status), answer), hasBegun: false)
  }

  private static func handled(_ answer: Answer) -> [GRPCOutput] {
    guard answer.status < 500 else {
      return GRPCReply.end(withRetryAfter(HTTPGRPC.failure(answer), answer), hasBegun: false)
    }
    return [
      GRPCReply.headers, .data(GRPCMessageEncoder.frame(HTTPGRPC.response(answer))), GRPCReply.success,
    ]
  }

  private static func withRetryAfter(_ trailers: HeaderFields, _ answer: Answer) -> HeaderFields {
    var trailers = trailers
    if let seconds = answer.fields["Retry-After"] { trailers.add("retry-after", seconds) }
    return trailers
  }

  // MARK: From the process

  /// Whether the process is ready, where that was asked for.
  mutating func readiness(_ isReady: Bool) -> Action? {
    let state = GRPCHealth.State(isReady: isReady)
    switch phase {
    case .waiting:
      phase = .done
      return .send([GRPCReply.headers, .data(GRPCHealth.response(state)), GRPCReply.success])
    case .watching:
      guard lastState != state else { return nil }
      lastState = state
      return send([.data(GRPCHealth.response(state))])
    case .reading, .done:
      return nil
    }
  }

  /// The client's patience is over.
  mutating func deadlineReached() -> Action? {
    phase == .done ? nil : fail(GRPCStatus(.deadlineExceeded, "deadline exceeded"))
  }

  /// The transport gives the call up, as HTTP would be told by this answer.
  mutating func givenUp(_ answer: Answer) -> Action? {
    phase == .done ? nil : fail(Self.withRetryAfter(GRPCTrailers.fields(GRPCStatus(answer)), answer))
  }

  /// The connection is about to end: calls that would go on for ever end here, the others go on.
  mutating func shuttingDown() -> Action? {
    guard phase != .done, isOpenEnded else { return nil }
    return finish(GRPCStatus(.unavailable, "shutting down"))
  }

  // MARK: Ends

  private mutating func send(_ outputs: [GRPCOutput]) -> Action {
    defer { hasBegun = true }
    return .send(hasBegun ? outputs : [GRPCReply.headers] + outputs)
  }

  /// Ends a call with which the handler has nothing to do.
  private mutating func finish(_ status: GRPCStatus) -> Action {
    phase = .done
    guard status.code != .ok || hasBegun else { return .send([GRPCReply.headers, GRPCReply.success]) }
    return .send(GRPCReply.end(GRPCTrailers.fields(status), hasBegun: hasBegun))
  }

  private mutating func fail(_ status: GRPCStatus) -> Action? {
    fail(GRPCTrailers.fields(status))
  }

  private mutating func fail(_ trailers: HeaderFields) -> Action? {
    fail(GRPCReply.end(trailers, hasBegun: hasBegun))
  }

  private mutating func fail(_ outputs: [GRPCOutput]) -> Action? {
    let isEngaged = engagement != .none
    phase = .done
    engagement = .none
    body = GRPCMessageBody()
    if isEngaged { return .abort(outputs) }
    return outputs.isEmpty ? nil : .send(outputs)
  }
}
