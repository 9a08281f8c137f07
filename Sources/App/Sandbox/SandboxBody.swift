import Model

/// The body of a request as the sandbox gets it.
enum SandboxBody: Sendable {
  /// All of it.
  case whole(SharedBytes)
  /// None of it, for it was longer than the limit.
  case tooLong(length: Int)
}
