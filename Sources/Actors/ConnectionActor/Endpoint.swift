import Model

/// What a request asks for.
enum Endpoint: Equatable {
  /// To take something: POST, on a path that the role's intake takes.
  case submission
  /// The process' own metrics.
  case metrics
  /// Whether the process is alive.
  case healthy
  /// Whether the process should be sent work.
  case ready
  /// Anything else that is read.
  case up
  /// A method that nothing takes at this path.
  ///
  /// - Parameter allowed: those that something takes, as the field `Allow` has them.
  case unknownMethod(allowed: String)

  init(_ head: RequestHead, _ intake: some Intake) {
    self =
      switch (head.method, head.path) {
      case ("POST", let path) where intake.takes(path): .submission
      case ("GET", "/metrics"): .metrics
      case ("GET", "/-/healthy"): .healthy
      case ("GET", "/-/ready"): .ready
      case ("GET", _): .up
      case (_, let path): .unknownMethod(allowed: intake.takes(path) ? "GET, POST" : "GET")
      }
  }
}
