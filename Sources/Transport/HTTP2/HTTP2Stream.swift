internal import Model

/// A request on a stream, while it or its answer is incomplete.
final class HTTP2Stream {
  let id: HTTP2StreamID
  /// When the stream is given up.
  var deadline: MonotonicTime
  /// What is done with the body.
  var decision = BodyDecision.discard
  /// What was kept of it.
  var body = ByteBuilder()
  /// The bytes of it that were thrown away.
  var discarded = 0
  /// Whether all of the request has been read.
  var isComplete = false
  /// Whether the connection's handler was told of the request, and is to be told of its end.
  var isReported = false
  /// Whether the server has reset the stream.
  var isReset = false
  /// Whether the answer has been handed to the session.
  var isAnswered = false
  /// The call of gRPC that the request is, if it is one.
  var call: GRPCStream?
  /// Whether silence means nothing: the call goes on until one side ends it.
  var isOpenEnded = false
  /// Whether the answer must have no body.
  let isHead: Bool

  init(id: HTTP2StreamID, isHead: Bool, deadline: MonotonicTime) {
    self.id = id
    self.isHead = isHead
    self.deadline = deadline
  }

  /// Nobody wants the rest of the request, or what there is of it.
  func giveUpBody() {
    isReported = false
    decision = .discard
    body = ByteBuilder()
  }

  /// Hands the body over.
  func takeBody() -> SharedBytes {
    var taken = ByteBuilder()
    swap(&taken, &body)
    return taken.freeze()
  }
}
