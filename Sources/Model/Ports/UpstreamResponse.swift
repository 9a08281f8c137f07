/// An upstream's answer.
package struct UpstreamResponse: Sendable, Equatable {
  /// The longest wait that an upstream is believed to mean.
  private static let longestWait = Duration.seconds(86_400)

  /// The HTTP status.
  package var status: Int
  /// How long the upstream asks to wait, from `Retry-After`; at most a day.
  package let retryAfter: Duration?
  /// The beginning of the body, for people to read.
  package var message: String

  package init(status: Int, retryAfter: Duration? = nil, message: String = "") {
    self.status = status
    self.retryAfter = retryAfter.map { min(max($0, .zero), Self.longestWait) }
    self.message = message
  }
}
