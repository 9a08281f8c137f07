internal import Model
internal import NIOCore

/// Calls of gRPC are streams of HTTP/2 whose bytes mean something else: what they hold is taken out by
/// ``GRPCStream``, which talks to the connection's handler in their place.
extension HTTP2Handler: GRPCSink {
  /// A call begins, if the request is one and there is gRPC here.
  ///
  /// - Returns: whether it is.
  func beginCall(_ stream: HTTP2Stream, _ fields: HTTP2Fields, on loop: any EventLoop) -> Bool {
    guard let grpc, let handler, GRPCRequest.isGRPC(fields["content-type"]) else { return false }
    let call = GRPCStream(
      id: RequestID(stream.id), head: RequestHead(fields), handler: handler, readiness: grpc.readiness,
      configuration: grpc.configuration, loop: loop, sink: self)
    stream.call = call
    call.start()
    stream.isOpenEnded = call.isOpenEnded
    if call.isOpenEnded { stream.deadline = .distantFuture }
    return true
  }

  func send(_ outputs: [GRPCOutput], for id: RequestID) {
    guard let stream = streams[HTTP2StreamID(id.number)], !stream.isAnswered else { return }
    for output in outputs { send(output, on: stream) }
    flushUnlessReading()
  }

  private func send(_ output: GRPCOutput, on stream: HTTP2Stream) {
    switch output {
    case .headers(let status, let fields, let endsStream):
      var block = HTTP2Fields()
      block.add(":status", String(status))
      block.add(fields)
      session.respond(on: stream.id, fields: block, isComplete: endsStream)
      if endsStream { answered(stream) }
    case .data(let bytes):
      session.send(bytes, on: stream.id, isComplete: false)
      endUnread(stream)
    case .trailers(let fields):
      var block = HTTP2Fields()
      block.add(fields)
      session.send([], on: stream.id, isComplete: true, trailers: block)
      answered(stream)
    }
  }
}

extension HTTP2Handler {
  /// Ends a call that goes on asking, and does not read the answers.
  private func endUnread(_ stream: HTTP2Stream) {
    guard stream.isOpenEnded, session.waiting(on: stream.id) > limits.http2.maximumWaitingBytes else { return }
    stream.call?.giveUp(.text(429, "too many answers wait to be read"))
  }
}

extension HTTP2Fields {
  /// Adds fields at the end; in HTTP/2 their names are in small letters.
  mutating func add(_ fields: HeaderFields) {
    for (name, value) in fields.fields { add(name.lowercased(), value) }
  }
}
