import Model

/// What a request asks for.
enum Endpoint: Equatable {
  /// A load of remote write: POST, on any path.
  case write
  /// The process' own metrics.
  case metrics
  /// Whether the process is alive.
  case healthy
  /// Whether the process should be sent work.
  case ready
  /// Anything else that is read.
  case up
  /// A method that nothing here takes.
  case unknownMethod

  init(_ head: RequestHead) {
    self =
      switch (head.method, head.path) {
      case ("POST", _): .write
      case ("GET", "/metrics"): .metrics
      case ("GET", "/-/healthy"): .healthy
      case ("GET", "/-/ready"): .ready
      case ("GET", _): .up
      default: .unknownMethod
      }
  }
}
