/// Why a request to Kubernetes did not do what was asked.
package struct KubernetesFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    /// No answer: no connection, or it broke, or the time ran out.
    case network
    /// The task was cancelled.
    case cancelled
    /// The server does not know who asks.
    case unauthorized
    /// No permission.
    case forbidden
    /// It is not there, or the server does not know the kind.
    case notFound
    /// It is there already.
    case exists
    /// Somebody else owns a field, or was faster.
    case conflict
    /// What was asked to continue from is not there any more.
    case gone
    /// The server does not take it: not valid, or too large.
    case invalid
    /// Too many requests.
    case throttled
    /// The server failed, or says to come again.
    case server
    /// The answer is no answer of Kubernetes'.
    case unreadable
  }

  /// A server that asks for more is asked again after this time nevertheless.
  private static let longestWait = Duration.seconds(300)

  package var kind: Kind
  /// In words, for people; bounded.
  package var message: String
  /// How long the server asks to wait; bounded.
  package let retryAfter: Duration?

  package init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.message = String(message.prefix(1024))
    self.retryAfter = retryAfter.map { min(max($0, .zero), Self.longestWait) }
  }

  package var description: String { message }

  /// Whether the same may succeed later without anybody doing something about it.
  package var isTransient: Bool {
    switch kind {
    case .network, .throttled, .server, .gone, .unreadable, .cancelled: true
    case .unauthorized, .forbidden, .notFound, .exists, .conflict, .invalid: false
    }
  }
}
