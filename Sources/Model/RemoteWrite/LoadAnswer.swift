/// What the sender of a load is told.
package struct LoadAnswer: Sendable, Equatable {
  /// The HTTP status: 200, 400, 429 or 503.
  package var status: Int
  /// How long the sender is asked to wait, in whole seconds.
  package var retryAfter: Int?
  /// One line a tenant, the worst first, at most ``maximumMessageLength`` bytes; empty for 200.
  package var message: String

  /// Prometheus logs no more of an error's body than this.
  package static let maximumMessageLength = 1024

  package init(status: Int, retryAfter: Int? = nil, message: String = "") {
    self.status = status
    self.retryAfter = retryAfter
    self.message = message
  }

  /// All is well, or there was nothing to send.
  package static let success = LoadAnswer(status: 200)

  /// There is no room, or no time: the sender should come again.
  package static func unavailable(_ message: String, retryAfter: Int = 1) -> LoadAnswer {
    LoadAnswer(status: 503, retryAfter: retryAfter, message: message)
  }
}
