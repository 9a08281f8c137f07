import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The informer's parts, put together.
struct InformerAssembly {
  /// The API server stores objects of at most 1.5 MiB, and asks about two at a time, as text that may be longer.
  private static let reviewLengthLimit = 8 << 20

  private let drainTimeout: Duration
  private let logger: Logger
  private let time: any TimeSource
  private let registry: MetricsRegistry
  private let readiness: Readiness
  private let reviews: Mailbox<Submission>
  private let reviewer: Reviewer
  private let synchronisation: SynchronisationAssembly
  private let listener: Listener

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Parameter collectors: of the stores, which show what they count on the informer's port.
  /// - Throws: `UsageError` where the address cannot be had.
  init(
    _ configuration: InformerConfiguration, _ stores: RuleStores.Informer, collectors: [any MetricCollector],
    port: Int, _ common: CommonParts
  ) async throws {
    drainTimeout = common.drainTimeout
    time = common.time
    logger = common.logger
    readiness = Readiness()
    let metrics = InformerMetrics()
    synchronisation = SynchronisationAssembly(
      configuration, stores, metrics: metrics, readiness: readiness, time: time, logger: logger)
    reviews = Mailbox(capacity: 64)
    let reviewMetrics = ReviewMetrics()
    reviewer = Reviewer(
      reviews: reviews, check: configuration.settings.check, resources: synchronisation.resources,
      metrics: reviewMetrics)
    let connections = Gauge("open_metrics_informer_connections", help: "Open connections.")
    let connectionsRefused = Counter(
      "open_metrics_informer_connections_refused_total", help: "Connections refused because there were too many.")
    registry = MetricsRegistry()
    try await registry.register(synchronisation.collectors)
    try await registry.register(collectors)
    try await registry.register(reviewMetrics.all)
    try await registry.register([connections, connectionsRefused])
    try await registry.register(common.collectors(of: .informer))

    let server = RoleServer(
      role: .informer, configuration: common.listener.server(port: port), tls: common.security.tls,
      connections: connections, connectionsRefused: connectionsRefused)
    listener = try await server.bind(
      ConnectionContext(
        contentLengthLimit: Self.reviewLengthLimit, budget: ByteBudget(limit: 8 * Self.reviewLengthLimit),
        intake: ReviewIntake(reviews: reviews), scrapes: registry.scrapes, readiness: readiness, time: time,
        // The API server shows no credentials to a webhook, unless it is told to in a file of its own.
        access: common.security.access(protectsSubmissions: false)),
      logger: logger)
  }

  /// The parts that run, in the order in which they start. They end in the reverse order.
  var services: [any Service] {
    synchronisation.services + [
      SupervisedService(name: "metrics of the informer") { [registry] in await registry.run() },
      SupervisedService(name: "reviewer") { [reviewer] in await reviewer.run() },
      ListenerService(
        role: .informer, listener: listener, readiness: readiness, work: (reviews, "reviews"),
        drainTimeout: drainTimeout, time: time, logger: logger),
    ]
  }
}
