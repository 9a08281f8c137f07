import Logging
import ServiceLifecycle
import UnixSignals

/// Runs services until a signal ends them or one of them fails.
enum Lifecycle {
  /// - Throws: why a service failed.
  static func run(_ services: [any Service], logger: Logger) async throws {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { service in
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .ignore, failureTerminationBehavior: .cancelGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}
