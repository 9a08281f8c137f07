/// The head of a request, the same for every protocol.
package struct RequestHead: Sendable {
  /// The method, in capitals.
  package var method: String
  /// The request's target as it came: a path, perhaps with a query.
  package var target: String
  /// The header fields.
  package var fields: HeaderFields
  /// The length of the body where the head says it; `nil` where the body comes in chunks.
  package var contentLength: Int?
  /// Whether the transport itself limits how long the body may be, as it does with the messages of gRPC.
  package var isLimitedByTransport = false
  /// How the write request in the body is encoded, where the request is a load.
  package var bodyEncoding = BodyEncoding.snappyBlock

  package init(method: String, target: String, fields: HeaderFields = [:], contentLength: Int? = 0) {
    self.method = method
    self.target = target
    self.fields = fields
    self.contentLength = contentLength
  }

  /// The target without its query.
  package var path: Substring {
    target.prefix { $0 != "?" }
  }
}
