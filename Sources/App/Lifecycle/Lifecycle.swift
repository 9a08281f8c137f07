import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until a signal ends them or one of them fails.
struct Lifecycle: Sendable {
  private let signals: UnixSignalsSequence

  /// Begins to listen to signals. To be made before anything says that it listens: who has read that may
  /// send one at once, which would otherwise end the process on the spot.
  init() async {
    signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
  }

  /// - Throws: why a service failed.
  func run(_ services: [any Service], logger: Logger) async throws {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { service in
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .ignore, failureTerminationBehavior: .cancelGroup)
        }, logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      defer { tasks.cancelAll() }
      tasks.addTask {
        for await _ in signals { await group.triggerGracefulShutdown() }
      }
      try await group.run()
    }
  }
}
