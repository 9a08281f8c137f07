/// How a transfer ended.
enum CurlResult: Sendable {
  /// The server answered. `retryAfter` is in seconds, 0 where there was none.
  case response(status: Int, retryAfter: Int, body: [UInt8])
  /// The deadline passed.
  case timeout
  /// No connection, or it broke.
  case failure(String)
  /// Given up before it ended.
  case cancelled
}
