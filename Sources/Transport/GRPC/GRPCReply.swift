internal import Model

/// Puts together what goes out.
enum GRPCReply {
  /// Begins an answer.
  static let headers = GRPCOutput.headers(status: 200, headerFields, endsStream: false)
  /// Ends an answer that went well.
  static let success = GRPCOutput.trailers(GRPCTrailers.fields(.ok))
  /// All of an answer that went well and whose message has nothing in it.
  static let emptySuccess = [headers, .data(GRPCMessageEncoder.frame([])), success]
  /// The answer to a request that is not gRPC as it is served here.
  static let unsupportedMediaType = [GRPCOutput.headers(status: 415, [:], endsStream: true)]

  private static let headerFields: HeaderFields = [
    "content-type": "application/grpc", "grpc-accept-encoding": GRPCEncoding.accepted,
  ]

  /// Ends an answer.
  ///
  /// - Parameter hasBegun: whether the headers are out already.
  static func end(_ trailers: HeaderFields, hasBegun: Bool) -> [GRPCOutput] {
    guard !hasBegun else { return [.trailers(trailers)] }
    return [.headers(status: 200, HeaderFields(headerFields.fields + trailers.fields), endsStream: true)]
  }
}
