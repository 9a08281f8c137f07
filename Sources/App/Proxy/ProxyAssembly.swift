import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The proxy's parts, put together.
struct ProxyAssembly {
  private let configuration: ProxyConfiguration
  private let logger: Logger
  private let time: any TimeSource
  private let upstream: CurlUpstream
  private let pool: ForwarderPool
  private let tenants: TenantRegistry
  private let registry: MetricsRegistry
  private let context: ConnectionContext
  private let listener: Listener
  private let files: FileWatcher
  private let hangup: HangupSignal
  /// Where sources of tenants say whom they allow.
  let tenantUpdates: AsyncStream<TenantSet>.Continuation

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Throws: `UsageError` where a file is not in order or the address cannot be had.
  init(_ configuration: ProxyConfiguration, time: any TimeSource, logger: Logger) async throws {
    self.configuration = configuration
    self.time = time
    self.logger = logger
    hangup = await HangupSignal()
    let security = try ProxySecurity(configuration)
    files = FileWatcher(security.watched, time: time, logger: logger)
    let metrics = ProxyMetrics()
    let readiness = Readiness()
    let routing = RoutingTableCell(RoutingTable(policy: configuration.policy))
    let budget = ByteBudget(limit: configuration.maximumBytesInFlight)
    let loads = Mailbox<Load>(capacity: configuration.maximumLoadsInFlight)

    upstream = CurlUpstream(configuration: configuration.upstream, time: time)
    pool = ForwarderPool(
      configuration: configuration.forwarder, mailbox: loads, routing: routing, upstream: upstream,
      compression: Snappy(), metrics: metrics, time: time, logger: logger)
    let (updates, continuation) = AsyncStream.makeStream(of: TenantSet.self, bufferingPolicy: .bufferingNewest(64))
    tenantUpdates = continuation
    tenants = TenantRegistry(
      policy: configuration.policy, updates: updates, expectedSources: [], routing: routing, readiness: readiness,
      logger: logger)
    registry = MetricsRegistry()
    context = ConnectionContext(
      contentLengthLimit: configuration.contentLengthLimit, budget: budget, loads: loads,
      scrapes: registry.scrapes, readiness: readiness, metrics: metrics, time: time, access: security.access)
    try await registry.register(metrics.all)
    try await registry.register(security.tls?.collectors ?? [])
    try await registry.register(Self.gauges(loads, budget, routing))
    try await registry.register([BuildInfo(version: Version.current, role: "proxy"), ProcessMetrics()])

    let server = HTTPServer(
      configuration: configuration.server, tls: security.tls,
      grpc: GRPCServing(configuration: configuration.grpc, readiness: readiness), connections: metrics.connections,
      connectionsRefused: metrics.connectionsRefused
    ) { [context] transport in
      ConnectionActor(transport: transport, context: context)
    }
    do {
      listener = try await server.bind()
    } catch {
      throw UsageError("\(error)")
    }
    logger.notice("proxy listening on \(security.tls == nil ? "http" : "https")://\(listener.authority)")
  }

  private static func gauges(
    _ loads: Mailbox<Load>, _ budget: ByteBudget, _ routing: RoutingTableCell
  ) -> [any MetricCollector] {
    [
      GaugeFunction("open_metrics_proxy_loads_in_flight", help: "Loads that wait or are in work.") {
        Double(loads.count)
      },
      GaugeFunction("open_metrics_proxy_bytes_in_flight", help: "Bytes that loads in flight hold.") {
        Double(budget.inUse)
      },
      GaugeFunction("open_metrics_proxy_bytes_in_flight_limit", help: "Bytes that loads in flight may hold.") {
        Double(budget.limit)
      },
      GaugeFunction("open_metrics_proxy_allowed_tenants", help: "Tenants on the allow list; 0 without a list.") {
        Double(routing.current.allowedTenants?.count ?? 0)
      },
    ]
  }

  /// The parts that run, in the order in which they start. They end in the reverse order: the listener
  /// first, what it needs after it.
  var services: [any Service] {
    [
      SupervisedService(name: "upstream") { [upstream] in await upstream.run() },
      SupervisedService(name: "metrics registry") { [registry] in await registry.run() },
      SupervisedService(name: "file watcher") { [files] in await files.run() },
      SupervisedService(name: "hangup signal") { [hangup, files] in await hangup.forEach { files.check() } },
      SupervisedService(name: "tenant registry") { [tenants] in await tenants.run() },
      SupervisedService(name: "forwarder pool") { [pool] in await pool.run() },
      ProxyListenerService(
        listener: listener, readiness: context.readiness, loads: context.loads,
        drainTimeout: configuration.drainTimeout, time: time, logger: logger),
    ]
  }
}
