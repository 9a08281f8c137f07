import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The parts that keep rules in step, put together.
struct SynchronisationAssembly {
  private let ruler: CurlHTTPClient
  private let watch: ResourceWatch
  private let leadership: Leadership?
  private let statuses: StatusWriter?
  private let memory: SyncMemory
  private let updater: RuleUpdater?
  private let tracker: RuleTracker?
  /// What there is to show.
  let collectors: [any MetricCollector]

  init(
    _ configuration: InformerConfiguration, _ stores: RuleStores.Informer, metrics: InformerMetrics,
    readiness: Readiness, time: any TimeSource, logger: Logger
  ) {
    let settings = configuration.settings
    ruler = CurlHTTPClient(configuration: configuration.ruler.http, time: time)
    let rulerMetrics = RulerMetrics()
    let ports = SyncPorts(
      ruler: CortexRulerClient(configuration.ruler.client, http: ruler, metrics: rulerMetrics, time: time),
      store: stores.store, ledgers: stores.ledgers)
    watch = ResourceWatch(
      store: stores.store, check: settings.check, readiness: readiness, metrics: metrics, logger: logger)
    let cell = LeadershipCell(time: time)
    collectors = metrics.collectors(cell) + rulerMetrics.all
    leadership = configuration.election.map { election in
      Leadership(
        configuration: election, store: stores.leases, cell: cell, transitions: metrics.leaderTransitions, time: time,
        logger: logger)
    }
    if leadership == nil { cell.set(.unlimited) }
    let statuses = StatusWriter(
      store: stores.store, watch: watch, leadership: cell, metrics: metrics, time: time, logger: logger)
    // Statuses are writes, too.
    self.statuses = settings.isDryRun ? nil : statuses
    let sync = TenantSync(
      settings: settings, ports: ports, watch: watch, leadership: cell, statuses: statuses, metrics: metrics,
      time: time, logger: logger, planned: { Self.log($0, of: settings, to: logger) })
    memory = sync.memory

    let directory = TenantDirectory(
      configured: configuration.tenants, ports: ports, readiness: readiness, time: time,
      answerTimeout: settings.answerTimeout, logger: logger)
    updater = configuration.updaterInterval.map {
      RuleUpdater(configuration: PassConfiguration(interval: $0), sync: sync, directory: directory)
    }
    tracker = configuration.trackerInterval.map {
      RuleTracker(configuration: PassConfiguration(interval: $0), sync: sync, directory: directory)
    }
  }

  /// Says what a dry run would do.
  private static func log(_ plan: Plan, of settings: SyncSettings, to logger: Logger) {
    logger.notice("dry run, nothing is written:\n\(plan.text(dialect: settings.check.comparison.dialect))")
  }

  /// The resources that there are.
  var resources: Broadcast<ResourceView> { watch.views }

  /// The parts that run, in the order in which they start. They end in the reverse order: who writes first, then
  /// the lease is given back, then what all of them need.
  var services: [any Service] {
    var services = [
      SupervisedService(name: "ruler client") { [ruler] in await ruler.run() },
      SupervisedService(name: "resource watch") { [watch] in await watch.run() },
    ]
    if let leadership { services.append(SupervisedService(name: "leadership") { await leadership.run() }) }
    if let statuses {
      services.append(SupervisedService(name: "status writer") { [memory] in await statuses.run(memory) })
    }
    if let tracker { services.append(SupervisedService(name: "rule tracker") { await tracker.run() }) }
    if let updater { services.append(SupervisedService(name: "rule updater") { await updater.run() }) }
    return services
  }
}
