internal import Model

extension GRPCStatus {
  /// What an answer that HTTP would get is in gRPC's terms.
  init(_ answer: Answer) {
    let code: Code =
      switch answer.status {
      case 200..<300: .ok
      case 400: .invalidArgument
      case 401: .unauthenticated
      case 403: .permissionDenied
      case 408: .deadlineExceeded
      case 413, 429: .resourceExhausted
      case 415: .unimplemented
      case 503: .unavailable
      default: .internal
      }
    self.init(code, code == .ok ? "" : Self.text(of: answer))
  }

  /// The body of an answer without the newline at its end.
  static func text(of answer: Answer) -> String {
    let body = answer.body.last == UInt8(ascii: "\n") ? answer.body.dropLast() : answer.body[...]
    return String(decoding: body, as: UTF8.self)
  }
}
