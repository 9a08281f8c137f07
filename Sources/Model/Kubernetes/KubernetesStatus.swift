/// What Kubernetes says about a request that it did not carry out: an object of kind Status.
package struct KubernetesStatus: Sendable, Equatable {
  /// As in HTTP.
  package var code: Int
  /// One word, such as `AlreadyExists`.
  package var reason: String
  /// In words.
  package var message: String
  /// How long to wait; `nil` where it does not say.
  package var retryAfter: Duration?

  package init(code: Int, reason: String = "", message: String = "", retryAfter: Duration? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.retryAfter = retryAfter
  }

  /// - Returns: `nil` where the document is no Status.
  package init?(document: DocumentNode) {
    guard document["kind"]?.text == "Status" else { return nil }
    self.init(
      code: document["code"]?.numberOrZero ?? 0, reason: document["reason"]?.text ?? "",
      message: document["message"]?.text ?? "",
      retryAfter: document["details"]?["retryAfterSeconds"].map { .seconds($0.numberOrZero) })
  }

  /// What it means.
  package var kind: KubernetesFailure.Kind {
    switch code {
    case 401: .unauthorized
    case 403: .forbidden
    case 404: .notFound
    case 409: reason == "AlreadyExists" ? .exists : .conflict
    case 410: .gone
    case 400, 405, 406, 413, 415, 422: .invalid
    case 429: .throttled
    case 500 where Self.refusals.contains(where: message.contains): .invalid
    default: .server
    }
  }

  /// What is not the server's failure, though it says so: an object that is too large for etcd, in etcd's words and in
  /// those of its client, and applied fields that the installed schema does not have.
  private static let refusals = [
    "request is too large", "trying to send message larger than max", "failed to create typed patch object",
  ]
}
