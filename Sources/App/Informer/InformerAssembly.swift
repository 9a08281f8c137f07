import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The informer's parts, put together.
struct InformerAssembly {
  private let drainTimeout: Duration
  private let logger: Logger
  private let time: any TimeSource
  private let registry: MetricsRegistry
  private let readiness: Readiness
  private let submissions: Mailbox<Submission>
  private let listener: Listener

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Throws: `UsageError` where the address cannot be had.
  init(_ configuration: InformerConfiguration, port: Int, _ common: CommonParts) async throws {
    drainTimeout = common.drainTimeout
    time = common.time
    logger = common.logger
    readiness = Readiness()
    submissions = Mailbox(capacity: 64)
    let connections = Gauge("open_metrics_informer_connections", help: "Open connections.")
    let connectionsRefused = Counter(
      "open_metrics_informer_connections_refused_total", help: "Connections refused because there were too many.")
    registry = MetricsRegistry()
    try await registry.register([connections, connectionsRefused])
    try await registry.register(common.collectors(of: .informer))

    let server = RoleServer(
      role: .informer, configuration: common.listener.server(port: port), tls: common.security.tls,
      connections: connections, connectionsRefused: connectionsRefused)
    listener = try await server.bind(
      ConnectionContext(
        contentLengthLimit: 0, budget: ByteBudget(limit: 0), intake: NoIntake(), scrapes: registry.scrapes,
        readiness: readiness, time: time, access: common.security.access(protectsSubmissions: false)),
      logger: logger)
  }

  /// The parts that run, in the order in which they start. They end in the reverse order.
  var services: [any Service] {
    [
      SupervisedService(name: "metrics of the informer") { [registry] in await registry.run() },
      ListenerService(
        role: .informer, listener: listener, readiness: readiness, work: (submissions, "reviews"),
        drainTimeout: drainTimeout, time: time, logger: logger),
    ]
  }
}
