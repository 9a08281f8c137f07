internal import Model

/// The head of a call, understood.
struct GRPCRequest: Sendable {
  /// What is called.
  let method: GRPCMethod
  /// How the messages are compressed that are marked as such.
  let encoding: GRPCEncoding
  /// How long the client waits, where it says so.
  let timeout: Duration?
  /// The client's metadata, and the fields of gRPC itself.
  let fields: HeaderFields

  /// - Throws: UNIMPLEMENTED where the method or the compression is not served; INTERNAL where a field
  ///   cannot be read.
  init(_ head: RequestHead) throws(GRPCStatus) {
    guard head.method == "POST" else {
      throw GRPCStatus(.internal, "the method of HTTP has to be POST, not \(head.method)")
    }
    method = try GRPCMethod(path: head.path)
    encoding = try Self.encoding(head.fields["grpc-encoding"] ?? "")
    if let text = head.fields["grpc-timeout"] { timeout = try GRPCTimeout.parse(text) } else { timeout = nil }
    fields = head.fields
  }

  /// Whether a request is gRPC, going by its content type.
  static func isGRPC(_ contentType: String?) -> Bool {
    contentType?.lowercased().hasPrefix("application/grpc") ?? false
  }

  /// Whether its messages are protobuf in gRPC's own framing; `application/grpc-web` is not.
  static func isProtobuf(_ contentType: String?) -> Bool {
    let type = (contentType ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
    return type == "application/grpc" || type == "application/grpc+proto"
  }

  private static func encoding(_ name: String) throws(GRPCStatus) -> GRPCEncoding {
    guard let encoding = name.isEmpty ? .identity : GRPCEncoding(rawValue: name.lowercased()) else {
      throw GRPCStatus(.unimplemented, "grpc-encoding \(name) is not supported; \(GRPCEncoding.accepted) are")
    }
    return encoding
  }

  // MARK: As the connection's handler sees it

  /// The head of the request of remote write that the call stands for.
  ///
  /// - Parameters:
  ///   - isCompressed: whether the message is.
  ///   - length: how long its payload is, in bytes.
  func loadHead(isCompressed: Bool, length: Int) -> RequestHead {
    var metadata: HeaderFields = ["Content-Type": "application/x-protobuf"]
    for field in fields.fields where !Self.isOfTransport(field.name) { metadata.add(field.name, field.value) }
    let isBlock = isCompressed && encoding == .snappyBlock
    let keepsLength = !isCompressed || isBlock
    var head = RequestHead(
      method: "POST", target: method.rawValue, fields: metadata, contentLength: keepsLength ? length : nil)
    head.isLimitedByTransport = true
    head.bodyEncoding = isBlock ? .snappyBlock : .identity
    return head
  }

  /// Fields that speak of the message in gRPC's terms, and would mean something else in HTTP's.
  private static func isOfTransport(_ name: String) -> Bool {
    switch name.lowercased() {
    case "content-type", "content-encoding", "content-length", "te": true
    case let name: name.hasPrefix("grpc-")
    }
  }
}
