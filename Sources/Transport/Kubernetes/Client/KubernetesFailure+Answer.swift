internal import Model

extension KubernetesFailure {
  /// Why there is no answer.
  init(_ failure: HTTPFailure, to call: KubernetesCall) {
    switch failure {
    case .cancelled: self.init(.cancelled, "cancelled")
    case .tooLong: self.init(.unreadable, "\(call.summary): \(failure)")
    case .network, .timeout: self.init(.network, "\(call.summary): \(failure)")
    }
  }

  /// What an answer says that is no success.
  init(status: Int, fields: HeaderFields, body: [UInt8], to call: KubernetesCall) {
    let document = try? JSONReader.read(body)
    var said = document.flatMap { KubernetesStatus(document: $0) }
    // What stands between may answer in its own words, and for a kind that it does not know the server does too.
    let text = said?.message ?? String(decoding: body.prefix(256), as: UTF8.self).filter { !$0.isNewline }
    said = said ?? KubernetesStatus(code: status)
    if said?.code == 0 { said?.code = status }
    let retryAfter = fields["Retry-After"].flatMap { Int($0) }.map { Duration.seconds(max(0, $0)) }
    let kind = said?.kind ?? .server
    self.init(
      kind, Self.message(kind, status, text, isKubernetes: document != nil, call),
      retryAfter: retryAfter ?? said?.retryAfter)
  }

  /// An event of a watch that says why it ends.
  init(_ status: KubernetesStatus, to call: KubernetesCall) {
    self.init(
      status.kind, Self.message(status.kind, status.code, status.message, isKubernetes: true, call),
      retryAfter: status.retryAfter)
  }

  private static func message(
    _ kind: Kind, _ status: Int, _ text: String, isKubernetes: Bool, _ call: KubernetesCall
  ) -> String {
    switch kind {
    case .unauthorized:
      return "\(call.summary): the server does not accept the credentials: \(text)"
    case .forbidden:
      return "\(call.summary): no permission. It takes \(call.permission). The server says: \(text)"
    case .notFound where !isKubernetes || call.name == nil:
      return """
        \(call.summary): the server does not know \(call.resource.kind) of \(call.resource.apiVersion); is its \
        CustomResourceDefinition installed? The server says: \(text)
        """
    default:
      return "\(call.summary): \(status) \(text)"
    }
  }
}
