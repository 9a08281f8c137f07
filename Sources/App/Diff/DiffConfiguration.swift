import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// The options of `openmmt diff`, understood and checked.
struct DiffConfiguration {
  private let store: RuleStoreConfiguration
  private let informer: InformerConfiguration
  private let stateDirectory: String?

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: DiffCommand) throws {
    let check = OptionCheck()
    guard let store = try RuleStoreConfiguration(options.store, isNeeded: true, check) else {
      preconditionFailure("a store was asked for")
    }
    self.store = store
    stateDirectory = options.store.stateDirectory
    var options = options
    options.informer.dryRun = true
    informer = try InformerConfiguration(
      options.informer, options.ruler, options.validation, store: store, check)
    try informer.checkImports()
  }

  /// Looks at both sides.
  ///
  /// - Throws: `UsageError` where a side cannot be reached at all.
  func report(logger: Logger) async throws(UsageError) -> DiffReport {
    let time = SystemTime()
    let stores = try RuleStores(
      store, informer: informer, proxy: nil, stateDirectory: stateDirectory, time: time, logger: logger)
    guard let own = stores.informer else { preconditionFailure("the informer's stores were asked for") }
    let http = CurlHTTPClient(configuration: informer.ruler.http, time: time)
    let inspection = SyncInspection(
      settings: informer.settings,
      ports: SyncPorts(
        ruler: CortexRulerClient(informer.ruler.client, http: http), store: own.store, ledgers: own.ledgers),
      configured: informer.tenants, time: time, logger: logger)
    let result = await withTaskGroup(of: Void.self) { group in
      group.addTask { await http.run() }
      for part in stores.clients { group.addTask { await part() } }
      defer { group.cancelAll() }
      return await Self.result(of: inspection)
    }
    return DiffReport(try result.get(), dialect: informer.ruler.client.dialect)
  }

  private static func result(of inspection: SyncInspection) async -> Result<SyncInspection.Report, UsageError> {
    do {
      return .success(try await inspection.run())
    } catch {
      return .failure(UsageError("the resources cannot be read: \(error)"))
    }
  }
}
