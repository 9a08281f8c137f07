internal import Model

/// A request of HTTP/1.1 and its answer, while either is incomplete.
struct HTTP1Exchange {
  let id: RequestID
  /// Whether the answer must have no body.
  let isHead: Bool
  /// Whether the peer waits for permission before it sends the body.
  let awaitsContinue: Bool
  /// Whether the connection goes on after this exchange.
  var isKeepAlive: Bool
  /// Whether the connection's handler was told of the request, and is to be told of its end.
  var isReported = false
  /// What is done with the body.
  var decision = BodyDecision.discard
  /// The bytes of the body that were thrown away.
  var discarded = 0
  /// Whether all of the request has been read.
  var isComplete = false
  /// Whether the answer has been given.
  var isAnswered = false
  /// Whether the answer has left.
  var hasLeft = false
}
