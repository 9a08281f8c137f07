import Actors
import Model
import Transport

/// The informer's options, understood and checked.
struct InformerConfiguration {
  var ruler: RulerConfiguration
  /// The namespaces whose resources count; `nil` for all.
  let namespaces: Set<String>?
  let settings: SyncSettings
  /// Tenants that are looked for in the ruler in any case.
  let tenants: Set<TenantID>
  /// How often the ruler is looked at for what is new there; `nil` for never.
  let trackerInterval: Duration?
  /// How often all is compared; `nil` where nothing is written to the ruler.
  let updaterInterval: Duration?
  /// `nil` where nobody is asked.
  let election: ElectionConfiguration?
  let leaseName: String
  /// Of the Lease and of the ledgers; `nil` for the pod's or the context's own.
  let leaseNamespace: String?

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: ServeCommand, store: RuleStoreConfiguration?, _ check: OptionCheck) throws {
    try self.init(options.informer, options.ruler, options.validation, store: store, check)
    // The selector is the proxy's, too, which imports nothing.
    if options.process.role != .proxy { try checkImports() }
  }

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(
    _ options: InformerOptions, _ ruler: RulerOptions, _ validation: ValidationOptions,
    store: RuleStoreConfiguration?, _ check: OptionCheck
  ) throws {
    self.ruler = try RulerConfiguration(ruler, check)
    let named = try check.namespaces(options.informerNamespace, "informer-namespace")
    // In a directory, namespaces are nothing but names.
    if case .directory? = store { namespaces = nil } else { namespaces = named }
    let dialect = ruler.rulerDialect
    let validator = try RuleValidator(
      validation, dialect: dialect == .mimir ? .mimir : .cortex, unknownFields: .warning, check)
    let scope = WatchScope(namespaces: namespaces, selector: store?.selector ?? .everything)
    let template = try check.namespaceTemplate(options.rulerNamespaceTemplate, "ruler-namespace-template")
    settings = SyncSettings(
      policy: try SyncPolicy(options, check),
      check: ResourceCheck(
        template: template, comparison: RuleComparison(dialect: dialect, parser: validator.parser),
        validation: validator),
      placement: try ImportPlacement(options, template: template, scope: scope, check),
      isDryRun: options.dryRun, answerTimeout: self.ruler.client.timeout)
    tenants = Set(try options.tenants.map { try check.tenants($0, "tenants") } ?? [])
    trackerInterval = try check.interval(options.trackerPollIntervalSeconds, "tracker-poll-interval-seconds")
    updaterInterval = try check.interval(options.updaterPollIntervalSeconds, "updater-poll-interval-seconds")
    let election = try ElectionConfiguration(options, check)
    // Who only looks does not keep others from working.
    self.election = options.disableLeaderElection || options.dryRun ? nil : election
    leaseName = options.leaseName
    leaseNamespace = options.leaseNamespace
  }

  /// Checks that what is imported would be watched.
  ///
  /// - Throws: `UsageError` where it would not, for the selector says of no labels that they will do.
  func checkImports() throws(UsageError) {
    let placement = settings.placement
    guard placement.scope.selector.labels == nil, settings.policy.tracks, placement.fallback != nil else { return }
    throw UsageError(
      """
      --resource-selector '\(placement.scope.selector.text)' names no labels for imports, which it has to, such as \
      KEY=VALUE, unless there is --import-namespace - or --tracker-poll-interval-seconds 0
      """)
  }
}
