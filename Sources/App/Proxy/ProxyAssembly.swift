import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The proxy's parts, put together.
struct ProxyAssembly {
  private let drainTimeout: Duration
  private let logger: Logger
  private let time: any TimeSource
  private let upstream: CurlUpstream
  /// `nil` where requests are not joined.
  private let batching: BatchingUpstream?
  private let loads: Mailbox<Load>
  private let pool: ForwarderPool
  private let tenants: TenantRegistry
  private let feed: TenantFeed?
  private let registry: MetricsRegistry
  private let readiness: Readiness
  private let listener: Listener

  /// Puts the parts together and starts to listen; nothing is served before ``services`` run.
  ///
  /// - Parameter source: where tenants come from; `nil` where only the command line names some.
  /// - Throws: `UsageError` where the address cannot be had.
  init(
    _ configuration: ProxyConfiguration, source: TenantSource?, port: Int, _ common: CommonParts
  ) async throws {
    drainTimeout = common.drainTimeout
    time = common.time
    logger = common.logger
    let metrics = ProxyMetrics()
    readiness = Readiness()
    let routing = RoutingTableCell(RoutingTable(policy: configuration.policy))
    let budget = ByteBudget(limit: configuration.maximumBytesInFlight)
    loads = Mailbox(capacity: configuration.maximumLoadsInFlight)
    let lanes = LoadLanes()

    upstream = CurlUpstream(configuration: configuration.upstream, time: time)
    batching = configuration.batching.map { [upstream, time] batching in
      BatchingUpstream(upstream, configuration: batching, time: time, metrics: metrics)
    }
    pool = ForwarderPool(
      configuration: configuration.forwarder, mailbox: loads, lanes: lanes, routing: routing,
      upstream: batching ?? upstream,
      compression: Snappy(), metrics: metrics, time: time, logger: logger)
    let (updates, continuation) = AsyncStream.makeStream(of: TenantSet.self, bufferingPolicy: .bufferingNewest(64))
    tenants = TenantRegistry(
      policy: configuration.policy, updates: updates, expectedSources: source.map { [$0.name] } ?? [],
      routing: routing, readiness: readiness, logger: logger)
    feed = source.map { [logger] source in
      TenantFeed(
        source: source.name, store: source.store, memory: source.memory, updates: continuation, logger: logger)
    }
    registry = MetricsRegistry()
    try await registry.register(metrics.all)
    try await registry.register(Self.gauges(loads, budget, routing, batching))
    try await registry.register(common.collectors(of: .proxy))

    let server = RoleServer(
      role: .proxy, configuration: common.listener.server(port: port), tls: common.security.tls,
      grpc: GRPCServing(configuration: configuration.grpc, readiness: readiness), connections: metrics.connections,
      connectionsRefused: metrics.connectionsRefused)
    listener = try await server.bind(
      ConnectionContext(
        contentLengthLimit: configuration.contentLengthLimit, budget: budget,
        intake: LoadIntake(loads: loads, lanes: lanes, readiness: readiness, metrics: metrics),
        scrapes: registry.scrapes, readiness: readiness, time: time,
        access: common.security.access(protectsSubmissions: true)),
      logger: logger)
  }

  private static func gauges(
    _ loads: Mailbox<Load>, _ budget: ByteBudget, _ routing: RoutingTableCell, _ batching: BatchingUpstream?
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
      GaugeFunction("open_metrics_proxy_allowed_tenants", help: "Tenants on the allow list, where there is one.") {
        (routing.current.allowedTenants?.count).map(Double.init)
      },
      GaugeFunction("open_metrics_proxy_waiting_shares", help: "Tenant requests that wait to go with others.") {
        Double(batching?.waitingCount ?? 0)
      },
    ]
  }

  /// The parts that run, in the order in which they start. They end in the reverse order: the listener
  /// first, what it needs after it.
  var services: [any Service] {
    var services: [any Service] = [SupervisedService(name: "upstream") { [upstream] in await upstream.run() }]
    if let batching { services.append(SupervisedService(name: "batches") { await batching.run() }) }
    services += [
      SupervisedService(name: "metrics of the proxy") { [registry] in await registry.run() },
      SupervisedService(name: "tenant registry") { [tenants] in await tenants.run() },
      SupervisedService(name: "forwarder pool") { [pool] in await pool.run() },
    ]
    if let feed { services.append(SupervisedService(name: "tenant feed") { await feed.run() }) }
    services.append(
      ListenerService(
        role: .proxy, listener: listener, readiness: readiness, work: (loads, "loads"), drainTimeout: drainTimeout,
        time: time, logger: logger))
    return services
  }
}
