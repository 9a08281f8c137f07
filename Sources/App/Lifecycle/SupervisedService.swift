import ServiceLifecycle

/// A part of the process that runs until it is told to end. One that ends by itself takes the process
/// down: half a proxy is worse than none.
struct SupervisedService: Service {
  /// A part that ended without having been told to.
  struct EndedUnexpectedly: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) ended unexpectedly" }
  }

  /// What it is called in messages.
  let name: String
  /// Runs the part.
  let body: @Sendable () async throws -> Void
  /// Tells it to end; returns at once.
  let stop: @Sendable () -> Void

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await body()
    } onGracefulShutdown: {
      stop()
    }
    guard Task.isShuttingDownGracefully || Task.isCancelled else { throw EndedUnexpectedly(name: name) }
  }
}
