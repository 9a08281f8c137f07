import ServiceLifecycle

/// A part of the process that runs until it is told to end. One that ends by itself takes the process
/// down: half a proxy is worse than none.
struct SupervisedService: Service {
  /// What it is called in messages.
  let name: String
  /// Runs the part until its task is cancelled.
  let body: @Sendable () async -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown { await body() }
    guard Task.isShuttingDownGracefully || Task.isCancelled else { throw EndedUnexpectedly(name: name) }
  }
}
