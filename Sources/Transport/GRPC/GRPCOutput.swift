internal import Model

/// What goes out on the stream of a call.
enum GRPCOutput: Sendable {
  /// The first header fields, after `:status`. Where they end the stream they are all there is.
  case headers(status: Int, HeaderFields, endsStream: Bool)
  /// Messages with their prefixes.
  case data([UInt8])
  /// The last header fields. They end the stream.
  case trailers(HeaderFields)
}
