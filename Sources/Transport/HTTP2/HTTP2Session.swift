internal import CNghttp2

/// The server's side of a connection of HTTP/2, without its socket: bytes in, events out; answers in,
/// bytes out. By libnghttp2, which checks frames, header fields and the order of things.
///
/// A body is not paid for in flow control until ``consume(_:on:)`` says that it has been dealt with, so
/// that a peer cannot send faster than it is read.
struct HTTP2Session: ~Copyable {
  /// The peer has broken the protocol beyond repair. What ``drain(into:)`` still yields tells it so.
  struct Failure: Error, Equatable, CustomStringConvertible {
    /// What the peer is to be told.
    let code: HTTP2ErrorCode
    let description: String

    /// - Parameter status: what the library returned.
    init(_ status: Int) {
      // Callbacks fail only where there are too many frames of a head.
      let excesses = [NGHTTP2_ERR_FLOODED, NGHTTP2_ERR_TOO_MANY_CONTINUATIONS, NGHTTP2_ERR_CALLBACK_FAILURE]
      let isExcess = excesses.contains { Int($0.rawValue) == status }
      code = isExcess ? .enhanceYourCalm : .protocolError
      description = String(cString: nghttp2_strerror(Int32(status)))
    }
  }

  private let session: OpaquePointer
  private let callbacks: HTTP2Callbacks

  init(limits: HTTP2Limits, headerLimit: Int) {
    callbacks = HTTP2Callbacks(headerLimit: headerLimit, continuationLimit: limits.maximumContinuations)
    let table = HTTP2Callbacks.makeTable()
    defer { nghttp2_session_callbacks_del(table) }
    let options = Self.makeOptions(limits)
    defer { nghttp2_option_del(options) }
    var session: OpaquePointer?
    let context = Unmanaged.passUnretained(callbacks).toOpaque()
    precondition(nghttp2_session_server_new2(&session, table, context, options) == 0, "out of memory")
    guard let session else { fatalError("out of memory") }
    self.session = session
    submitSettings(limits, headerLimit: headerLimit)
  }

  deinit {
    nghttp2_session_del(session)
  }

  private static func makeOptions(_ limits: HTTP2Limits) -> OpaquePointer? {
    var options: OpaquePointer?
    precondition(nghttp2_option_new(&options) == 0, "out of memory")
    nghttp2_option_set_no_auto_window_update(options, 1)
    nghttp2_option_set_no_closed_streams(options, 1)
    nghttp2_option_set_max_settings(options, limits.maximumSettings)
    // The library counts the pieces in which the nine bytes of a frame's head arrive, not the frames. Ours
    // counts frames, but not those of heads that the library ignores.
    nghttp2_option_set_max_continuations(options, 9 * (limits.maximumContinuations + 1))
    nghttp2_option_set_max_outbound_ack(options, limits.controlFrameBurst)
    // The guard of floods counts resets, and with them what the peer does otherwise. The library's own
    // limit knows nothing of the work between them, and would call it an internal error.
    nghttp2_option_set_stream_reset_rate_limit(options, UInt64(UInt32.max), UInt64(UInt32.max))
    return options
  }

  private func submitSettings(_ limits: HTTP2Limits, headerLimit: Int) {
    let settings = [
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue),
        value: UInt32(limits.maximumConcurrentStreams)),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue), value: UInt32(limits.streamWindow)),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue), value: UInt32(headerLimit)),
    ]
    check(nghttp2_submit_settings(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), settings, settings.count))
    check(nghttp2_session_set_local_window_size(session, 0, 0, Int32(limits.connectionWindow)))
  }

  // MARK: In

  /// Takes bytes from the peer.
  ///
  /// - Returns: what they brought. Ranges of data count from the first of these bytes.
  mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> [HTTP2Event] {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    callbacks.inputStart = start
    let taken = nghttp2_session_mem_recv(session, start, bytes.count)
    callbacks.inputStart = nil
    guard taken >= 0 else { throw Failure(taken) }
    return takeEvents()
  }

  /// What happened while bytes were sent, such as streams that came to their end.
  mutating func takeEvents() -> [HTTP2Event] {
    defer { callbacks.events.removeAll(keepingCapacity: true) }
    return callbacks.events
  }

  /// Bytes of a stream's body have been dealt with; the peer may send as many more.
  mutating func consume(_ count: Int, on stream: HTTP2StreamID) {
    nghttp2_session_consume(session, stream, count)
  }

  /// The stream whose request has begun to arrive but whose header fields are not all there.
  var incompleteHead: HTTP2StreamID? { callbacks.incompleteHead }

  // MARK: Out

  /// Whether the peer takes no more bytes of any answer before it has said so.
  var isWindowClosed: Bool { nghttp2_session_get_remote_window_size(session) <= 0 }

  /// How many frames of answers' bodies were sent since the last call.
  mutating func takeSentDataFrames() -> Int {
    defer { callbacks.sentDataFrames = 0 }
    return callbacks.sentDataFrames
  }

  /// Whether there is anything to be sent.
  var wantsWrite: Bool { nghttp2_session_want_write(session) != 0 }

  /// Whether the connection has come to its end: nothing more is to be read or sent.
  var isOver: Bool { nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0 }

  /// Calls `write` with what is to be sent, piece by piece, until there is no more or it returns false.
  mutating func drain(into write: (UnsafeRawBufferPointer) -> Bool) {
    while true {
      var bytes: UnsafePointer<UInt8>?
      let count = nghttp2_session_mem_send(session, &bytes)
      guard count > 0 else { return }
      guard write(UnsafeRawBufferPointer(start: bytes, count: count)) else { return }
    }
  }

  /// Answers a request: its header fields, and as much of its body as there is. Does nothing where the
  /// stream is gone or has its answer.
  ///
  /// - Parameters:
  ///   - isComplete: whether the body is all there. If not, ``send(_:on:isComplete:trailers:)`` goes on.
  ///   - trailers: fields that end the stream, if any.
  mutating func respond(
    on stream: HTTP2StreamID, fields: HTTP2Fields, body: [UInt8] = [], isComplete: Bool = true,
    trailers: HTTP2Fields? = nil
  ) {
    guard nghttp2_session_get_stream_local_close(session, stream) == 0 else { return }
    let hasBody = !body.isEmpty || !isComplete || trailers != nil
    if hasBody {
      callbacks.outgoing[stream] = HTTP2Outgoing(bytes: body, isComplete: isComplete, trailers: trailers)
    }
    fields.withNameValues { pairs in
      let status = withUnsafePointer(to: HTTP2Callbacks.bodySource) { source in
        nghttp2_submit_response(session, stream, pairs.baseAddress, pairs.count, hasBody ? source : nil)
      }
      if status != 0 { callbacks.outgoing[stream] = nil }
    }
  }

  /// Sends an informational answer, before the real one.
  mutating func inform(on stream: HTTP2StreamID, fields: HTTP2Fields) {
    fields.withNameValues { pairs in
      _ = nghttp2_submit_headers(
        session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream, nil, pairs.baseAddress, pairs.count, nil)
    }
  }

  /// Goes on with the body of an answer that was not complete.
  mutating func send(
    _ bytes: [UInt8], on stream: HTTP2StreamID, isComplete: Bool, trailers: HTTP2Fields? = nil
  ) {
    guard var body = callbacks.outgoing.removeValue(forKey: stream) else { return }
    body.bytes += bytes
    body.isComplete = isComplete
    body.trailers = trailers
    callbacks.outgoing[stream] = body
    nghttp2_session_resume_data(session, stream)
  }

  /// The bytes of a stream's answer that wait to be sent.
  func waiting(on stream: HTTP2StreamID) -> Int {
    callbacks.outgoing[stream]?.waiting ?? 0
  }

  /// Whether the answer has been sent to its end.
  func isAnswered(_ stream: HTTP2StreamID) -> Bool {
    nghttp2_session_get_stream_local_close(session, stream) == 1
  }

  /// Ends a stream at once.
  mutating func reset(_ stream: HTTP2StreamID, _ code: HTTP2ErrorCode) {
    nghttp2_submit_rst_stream(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream, code.rawValue)
  }

  /// Announces the end: the peer should open no more streams. Those on their way are still taken.
  mutating func announceShutdown() {
    nghttp2_submit_shutdown_notice(session)
  }

  /// Asks for an acknowledgement, which tells that the peer has read what was sent before.
  mutating func ping() {
    nghttp2_submit_ping(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), nil)
  }

  /// Ends the connection when the streams that are open have ended; no others are taken.
  mutating func shutdown() {
    let last = nghttp2_session_get_last_proc_stream_id(session)
    nghttp2_submit_goaway(session, UInt8(NGHTTP2_FLAG_NONE.rawValue), last, HTTP2ErrorCode.noError.rawValue, nil, 0)
  }

  /// Ends the connection at once, for a reason that the peer is told.
  mutating func terminate(_ code: HTTP2ErrorCode) {
    nghttp2_session_terminate_session(session, code.rawValue)
  }

  private func check(_ status: Int32) {
    precondition(status == 0, "libnghttp2: \(String(cString: nghttp2_strerror(status)))")
  }
}
