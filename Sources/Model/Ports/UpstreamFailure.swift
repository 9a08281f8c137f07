/// Why there is no answer from the upstream.
package enum UpstreamFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The request's time ran out.
  case timeout
  /// No connection, or it broke. The text says what the network layer had to say.
  case network(String)
  /// The proxy gave the request up.
  case cancelled

  package var description: String {
    switch self {
    case .timeout: "timeout"
    case .network(let reason): reason
    case .cancelled: "cancelled"
    }
  }
}
