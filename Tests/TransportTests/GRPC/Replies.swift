/// Replies in the words of ``CallTranscript``.
enum Replies {
  private static let begin = "content-type: application/grpc, grpc-accept-encoding: identity,gzip,snappy,snappy-block"

  static let headers = "headers 200 {\(begin)}"
  static let ok = "trailers {grpc-status: 0}"
  static let emptySuccess = [headers, "data [0, 0, 0, 0, 0]", ok]

  /// A call that ends without a message.
  static func failure(_ code: Int, _ message: String, _ more: String = "") -> String {
    "only headers 200 {\(begin), grpc-status: \(code), grpc-message: \(message)\(more)}"
  }
}
