/// What is still to be sent on a stream after its header fields.
struct HTTP2Outgoing {
  /// The bytes of the body, of which `sent` have left.
  var bytes: [UInt8] = []
  var sent = 0
  /// Whether the body is complete.
  var isComplete = false
  /// The fields that end the stream, where there are any.
  var trailers: HTTP2Fields?

  /// The number of bytes that wait.
  var waiting: Int { bytes.count - sent }
}
