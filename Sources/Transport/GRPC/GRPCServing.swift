package import Model

/// What a server of gRPC has beside the handler of its connections.
package struct GRPCServing: Sendable {
  /// The limits on messages.
  package var configuration: GRPCConfiguration
  /// What the health service reports.
  package var readiness: any ReadinessSource

  package init(configuration: GRPCConfiguration = GRPCConfiguration(), readiness: any ReadinessSource) {
    self.configuration = configuration
    self.readiness = readiness
  }
}
