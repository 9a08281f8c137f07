internal import CNghttp2

/// What libnghttp2's callbacks write to while a session is fed or drained. They do nothing but that: the
/// library must not be called from within a callback.
final class HTTP2Callbacks {
  private struct Head {
    var fields = HTTP2Fields()
    var size = 0
  }

  /// What happened since the events were last taken.
  var events: [HTTP2Event] = []
  /// What is to be sent, by stream.
  var outgoing: [HTTP2StreamID: HTTP2Outgoing] = [:]
  /// The frames of answers' bodies that were sent since they were last counted.
  var sentDataFrames = 0
  /// The first of the bytes being fed.
  var inputStart: UnsafePointer<UInt8>?

  private let headerLimit: Int
  private let continuationLimit: Int
  private var continuations = 0
  private var newestStream: HTTP2StreamID = 0
  private var heads: [HTTP2StreamID: Head] = [:]

  /// - Parameters:
  ///   - headerLimit: the greatest size of a request's fields, counted as RFC 9113 does for
  ///     SETTINGS_MAX_HEADER_LIST_SIZE.
  ///   - continuationLimit: how many CONTINUATION frames may follow a HEADERS frame.
  init(headerLimit: Int, continuationLimit: Int) {
    self.headerLimit = headerLimit
    self.continuationLimit = continuationLimit
  }

  /// The stream whose request has begun to arrive but whose header fields are not all there.
  var incompleteHead: HTTP2StreamID? { heads.keys.max() }

  // MARK: From the library

  /// The head of a frame has arrived.
  ///
  /// - Returns: whether the frame is all right.
  fileprivate func frameBegan(_ session: OpaquePointer?, _ head: nghttp2_frame_hd) -> Bool {
    switch nghttp2_frame_type(UInt32(head.type)) {
    case NGHTTP2_HEADERS:
      continuations = 0
      let isGone = head.stream_id < newestStream && nghttp2_session_find_stream(session, head.stream_id) == nil
      // The library reads what comes late, for the sake of its table of fields, and reports nothing.
      if isGone { events.append(.controlFrame(.other)) }
      newestStream = max(newestStream, head.stream_id)
      return true
    case NGHTTP2_CONTINUATION:
      continuations += 1
      return continuations <= continuationLimit
    default:
      return true
    }
  }

  fileprivate func headersBegan(_ frame: nghttp2_frame) {
    guard frame.headers.cat == NGHTTP2_HCAT_REQUEST else { return }
    heads[frame.hd.stream_id] = Head()
  }

  fileprivate func header(
    _ stream: HTTP2StreamID, _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
  ) {
    // Fields that come after the body have no meaning here.
    guard var head = heads.removeValue(forKey: stream) else { return }
    head.size += name.count + value.count + 32
    if head.size <= headerLimit {
      head.fields.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
    heads[stream] = head
  }

  fileprivate func data(_ stream: HTTP2StreamID, _ data: UnsafePointer<UInt8>, _ count: Int) {
    guard let inputStart else { preconditionFailure("data without input") }
    let offset = data - inputStart
    events.append(.data(stream, offset..<offset + count))
  }

  fileprivate func frameReceived(_ frame: nghttp2_frame) {
    let stream = frame.hd.stream_id
    let endsStream = frame.hd.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
    switch nghttp2_frame_type(UInt32(frame.hd.type)) {
    case NGHTTP2_HEADERS:
      if let head = heads.removeValue(forKey: stream) {
        events.append(.requestBegan(stream, head.size <= headerLimit ? head.fields : nil))
      }
      if endsStream { events.append(.requestEnded(stream)) }
    case NGHTTP2_DATA:
      if endsStream {
        events.append(.requestEnded(stream))
      } else if Int(frame.hd.length) == frame.data.padlen {
        events.append(.controlFrame(.emptyData))
      }
    case NGHTTP2_PING where isAck(frame): events.append(.pingAcknowledged)
    case NGHTTP2_SETTINGS where isAck(frame): break
    default:
      if let kind = Self.controlFrame(frame.hd.type) { events.append(.controlFrame(kind)) }
    }
  }

  private func isAck(_ frame: nghttp2_frame) -> Bool {
    frame.hd.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
  }

  fileprivate func frameSent(_ frame: nghttp2_frame) {
    switch nghttp2_frame_type(UInt32(frame.hd.type)) {
    case NGHTTP2_DATA: sentDataFrames += 1
    case NGHTTP2_RST_STREAM: resetSent(HTTP2ErrorCode(rawValue: frame.rst_stream.error_code))
    default: break
    }
  }

  /// The server has reset a stream, for a fault of the peer's unless the code says otherwise. Not every
  /// such fault is reported when it is found.
  private func resetSent(_ code: HTTP2ErrorCode) {
    switch code {
    case .noError, .cancel: break
    case .refusedStream: events.append(.controlFrame(.refused))
    default: events.append(.controlFrame(.fault))
    }
  }

  private static func controlFrame(_ type: UInt8) -> HTTP2ControlFrame? {
    switch nghttp2_frame_type(UInt32(type)) {
    case NGHTTP2_PRIORITY: .priority
    case NGHTTP2_RST_STREAM: .reset
    case NGHTTP2_SETTINGS: .settings
    case NGHTTP2_PING: .ping
    case NGHTTP2_WINDOW_UPDATE: .windowUpdate
    // They are counted when they begin.
    case NGHTTP2_CONTINUATION: nil
    default: .other
    }
  }

  fileprivate func streamClosed(_ stream: HTTP2StreamID, _ code: UInt32) {
    heads[stream] = nil
    outgoing[stream] = nil
    events.append(.streamClosed(stream, HTTP2ErrorCode(rawValue: code)))
  }

  /// The library wants up to `room.count` bytes of a stream's body.
  fileprivate func read(
    _ session: OpaquePointer?, _ stream: HTTP2StreamID, _ room: UnsafeMutableRawBufferPointer,
    _ flags: inout UInt32
  ) -> Int {
    guard var body = outgoing.removeValue(forKey: stream) else {
      return Int(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)
    }
    defer { outgoing[stream] = body }
    let count = min(room.count, body.waiting)
    if count == 0 && !body.isComplete { return Int(NGHTTP2_ERR_DEFERRED.rawValue) }
    body.bytes.withUnsafeBytes {
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[body.sent..<body.sent + count]))
    }
    body.sent += count
    if body.waiting == 0 {
      body.bytes.removeAll()
      body.sent = 0
      if body.isComplete { flags |= NGHTTP2_DATA_FLAG_EOF.rawValue }
      if body.isComplete, let trailers = body.trailers {
        // Trailers are the one thing that may, and has to, be submitted from within this callback.
        flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM.rawValue
        _ = trailers.withNameValues { nghttp2_submit_trailer(session, stream, $0.baseAddress, $0.count) }
      }
    }
    return count
  }

  // MARK: The table of callbacks

  /// The callbacks for a new session, to be freed by the caller when it is made.
  static func makeTable() -> OpaquePointer? {
    var table: OpaquePointer?
    precondition(nghttp2_session_callbacks_new(&table) == 0, "out of memory")
    nghttp2_session_callbacks_set_on_begin_frame_callback(table) { session, head, context in
      guard let head else { return 0 }
      let isAllRight = HTTP2Callbacks.of(context).frameBegan(session, head.pointee)
      return isAllRight ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE.rawValue
    }
    nghttp2_session_callbacks_set_on_begin_headers_callback(table) { _, frame, context in
      if let frame { HTTP2Callbacks.of(context).headersBegan(frame.pointee) }
      return 0
    }
    nghttp2_session_callbacks_set_on_header_callback(table) {
      _, frame, name, nameLength, value, valueLength, _, context in
      if let frame {
        HTTP2Callbacks.of(context).header(
          frame.pointee.hd.stream_id, UnsafeBufferPointer(start: name, count: nameLength),
          UnsafeBufferPointer(start: value, count: valueLength))
      }
      return 0
    }
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(table) { _, _, stream, data, count, context in
      if let data { HTTP2Callbacks.of(context).data(stream, data, count) }
      return 0
    }
    nghttp2_session_callbacks_set_on_frame_recv_callback(table) { _, frame, context in
      if let frame { HTTP2Callbacks.of(context).frameReceived(frame.pointee) }
      return 0
    }
    nghttp2_session_callbacks_set_on_invalid_header_callback(table) { _, _, _, _, _, _, _, _ in
      // Without this, the library would leave the field out and take the request.
      NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue
    }
    nghttp2_session_callbacks_set_on_frame_send_callback(table) { _, frame, context in
      if let frame { HTTP2Callbacks.of(context).frameSent(frame.pointee) }
      return 0
    }
    nghttp2_session_callbacks_set_on_stream_close_callback(table) { _, stream, code, context in
      HTTP2Callbacks.of(context).streamClosed(stream, code)
      return 0
    }
    return table
  }

  /// Where the library takes a stream's body from.
  static var bodySource: nghttp2_data_provider {
    nghttp2_data_provider(source: nghttp2_data_source()) { session, stream, buffer, length, flags, _, context in
      guard let flags else { return Int(NGHTTP2_ERR_CALLBACK_FAILURE.rawValue) }
      let room = UnsafeMutableRawBufferPointer(start: buffer, count: length)
      return HTTP2Callbacks.of(context).read(session, stream, room, &flags.pointee)
    }
  }

  /// The session holds its callbacks for as long as it lives, and is the only one to call them.
  private static func of(_ context: UnsafeMutableRawPointer?) -> HTTP2Callbacks {
    guard let context else { preconditionFailure("libnghttp2 lost its context") }
    return Unmanaged<HTTP2Callbacks>.fromOpaque(context).takeUnretainedValue()
  }
}

extension HTTP2Fields {
  /// Calls `body` with the fields as the library takes them; it copies what it keeps.
  func withNameValues<Result>(_ body: (UnsafeBufferPointer<nghttp2_nv>) -> Result) -> Result {
    var text: [UInt8] = []
    for field in fields {
      text += field.name.utf8
      text += field.value.utf8
    }
    return text.withUnsafeMutableBufferPointer { text in
      var position = 0
      let pairs = fields.map { field in
        let name = text.baseAddress?.advanced(by: position)
        let value = name?.advanced(by: field.name.utf8.count)
        position += field.name.utf8.count + field.value.utf8.count
        return nghttp2_nv(
          name: name, value: value, namelen: field.name.utf8.count, valuelen: field.value.utf8.count,
          flags: UInt8(NGHTTP2_NV_FLAG_NONE.rawValue))
      }
      return pairs.withUnsafeBufferPointer(body)
    }
  }
}
