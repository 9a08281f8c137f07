/// Why there is no answer.
package enum HTTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The time ran out.
  case timeout
  /// No connection, or it broke. The text says what the network layer had to say.
  case network(String)
  /// The answer is longer than allowed.
  case tooLong(limit: Int)
  /// The task was cancelled.
  case cancelled

  package var description: String {
    switch self {
    case .timeout: "timeout"
    case .network(let reason): reason
    case .tooLong(let limit): "the answer is longer than \(limit) bytes"
    case .cancelled: "cancelled"
    }
  }
}
