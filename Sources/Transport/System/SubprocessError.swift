/// Why a program did not run to its end.
enum SubprocessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is none of this name, or it cannot be run; `code` is the system's.
  case notStarted(command: String, code: Int32, reason: String)
  /// With what it had printed on its error output.
  case timeout(errorOutput: [UInt8])
  case tooLong(limit: Int)
  case cancelled

  var description: String {
    switch self {
    case .notStarted(let command, _, let reason): "\(command) cannot be run: \(reason)"
    case .timeout: "it took too long, and was killed"
    case .tooLong(let limit): "it printed more than \(limit) bytes, and was killed"
    case .cancelled: "it was killed"
    }
  }
}
