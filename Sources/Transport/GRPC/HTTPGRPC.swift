internal import Model

/// The messages of httpgrpc, which carries requests of HTTP in calls of gRPC.
///
/// Source: weaveworks/common and dskit, `httpgrpc.proto` and `httpgrpc/server`.
enum HTTPGRPC {
  /// The request in an HTTPRequest.
  ///
  /// - Parameter outer: the metadata of the call. It says who is calling, whatever the message says.
  /// - Throws: INTERNAL where the message is malformed.
  static func request(
    in message: SharedBytes, outer: HeaderFields
  ) throws(GRPCStatus) -> (head: RequestHead, body: SharedBytes) {
    var head = RequestHead(method: "", target: "")
    var body = 0..<0
    var reader = ProtobufReader(message)
    while let field = try reader.next() {
      switch field {
      case .bytes(1, let range): head.method = reader.text(range)
      case .bytes(2, let range): head.target = reader.text(range)
      case .bytes(3, let range): try addHeader(message, range, to: &head.fields)
      case .bytes(4, let range): body = range
      default: break
      }
    }
    if let authorization = outer["Authorization"] { head.fields.add("Authorization", authorization) }
    head.contentLength = body.count
    head.isLimitedByTransport = true
    return (head, part(body, of: message))
  }

  private static func addHeader(
    _ message: SharedBytes, _ range: Range<Int>, to fields: inout HeaderFields
  ) throws(GRPCStatus) {
    var name = ""
    var values: [String] = []
    var reader = ProtobufReader(message, range)
    while let field = try reader.next() {
      switch field {
      case .bytes(1, let range): name = reader.text(range)
      case .bytes(2, let range): values.append(reader.text(range))
      default: break
      }
    }
    guard name.lowercased() != "authorization" else { return }
    for value in values { fields.add(name, value) }
  }

  /// A part of a message, which stays where it is: it may be as long as all that may be in flight.
  private static func part(_ range: Range<Int>, of message: SharedBytes) -> SharedBytes {
    message.withUnsafeBytes { SharedBytes(UnsafeRawBufferPointer(rebasing: $0[range]), keptBy: message) }
  }

  /// An answer as an HTTPResponse.
  static func response(_ answer: Answer) -> [UInt8] {
    var writer = ProtobufWriter()
    writer.add(1, answer.status)
    for (name, value) in answer.fields.fields {
      var header = ProtobufWriter()
      header.add(1, name)
      header.add(2, message: Array(value.utf8))
      writer.add(2, message: header.bytes)
    }
    if !answer.body.isEmpty { writer.add(3, message: answer.body) }
    return writer.bytes
  }

  /// The trailers of a call whose answer is a failure of the server. The status is HTTP's number, and the
  /// whole answer comes as a detail: this is what httpgrpc's clients look for.
  static func failure(_ answer: Answer) -> HeaderFields {
    var detail = ProtobufWriter()
    detail.add(1, "type.googleapis.com/httpgrpc.HTTPResponse")
    detail.add(2, message: response(answer))
    let text = GRPCStatus.text(of: answer)
    var status = ProtobufWriter()
    status.add(1, answer.status)
    status.add(2, text)
    status.add(3, message: detail.bytes)
    var trailers = GRPCTrailers.fields(number: answer.status, message: text)
    // gRPC's binary fields go without padding.
    trailers.add("grpc-status-details-bin", String(Base64.encode(status.bytes).prefix { $0 != "=" }))
    return trailers
  }
}
