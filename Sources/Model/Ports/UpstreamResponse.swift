/// An upstream's answer.
package struct UpstreamResponse: Sendable, Equatable {
  /// The HTTP status.
  package var status: Int
  /// How long the upstream asks to wait, from `Retry-After`.
  package var retryAfter: Duration?
  /// The beginning of the body, for people to read.
  package var message: String

  package init(status: Int, retryAfter: Duration? = nil, message: String = "") {
    self.status = status
    self.retryAfter = retryAfter
    self.message = message
  }
}
