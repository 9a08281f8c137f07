/// What happened on a connection of HTTP/2, as its server sees it.
enum HTTP2Event: Equatable {
  /// A request's head has arrived. `nil` where its fields are more than the limit allows.
  case requestBegan(HTTP2StreamID, HTTP2Fields?)
  /// A piece of a request's body: the part of the bytes just fed that holds it.
  case data(HTTP2StreamID, Range<Int>)
  /// The request is complete.
  case requestEnded(HTTP2StreamID)
  /// The stream is gone: its answer has left, or one side has reset it.
  case streamClosed(HTTP2StreamID, HTTP2ErrorCode)
  /// The peer has read a ping of the server's, and everything that was sent before.
  case pingAcknowledged
  /// The peer sent a frame that carries no request.
  case controlFrame(HTTP2ControlFrame)
}
