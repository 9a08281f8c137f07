/// How a process ended.
package enum ExitStatus: Sendable, Equatable {
  /// By itself, with this code.
  case code(Int32)
  /// By this signal.
  case signal(Int32)
}
