import Model

/// The informer's options, understood and checked.
struct InformerConfiguration {
  var ruler: RulerConfiguration
  let namespaces: NamespaceSelection
  let namespaceTemplate: String
  let tenants: [TenantID]
  /// `nil` for never.
  let trackerInterval: Duration?
  /// `nil` for never.
  let updaterInterval: Duration?
  let removesRules: Bool
  let conflictPolicy: ConflictPolicyName
  let drift: DriftPolicyName
  let isDryRun: Bool
  let electsLeader: Bool
  let leaseName: String
  let leaseNamespace: String?
  let leaseDuration: Duration
  let leaseRenewDeadline: Duration
  let leaseRetryPeriod: Duration

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: InformerOptions, _ ruler: RulerOptions, _ check: OptionCheck) throws {
    self.ruler = try RulerConfiguration(ruler, check)
    namespaces = try check.namespaces(options.informerNamespace, "informer-namespace")
    namespaceTemplate = options.rulerNamespaceTemplate
    tenants = try options.tenants.map { try check.tenants($0, "tenants") } ?? []
    trackerInterval = try check.interval(options.trackerPollIntervalSeconds, "tracker-poll-interval-seconds")
    updaterInterval = try check.interval(options.updaterPollIntervalSeconds, "updater-poll-interval-seconds")
    removesRules = options.enableUpdaterRemoveRules
    conflictPolicy = options.conflictPolicy
    drift = options.drift
    isDryRun = options.dryRun
    electsLeader = !options.disableLeaderElection
    leaseName = options.leaseName
    leaseNamespace = options.leaseNamespace
    leaseDuration = try check.seconds(options.leaseDurationSeconds, "lease-duration-seconds")
    leaseRenewDeadline = try check.seconds(options.leaseRenewDeadlineSeconds, "lease-renew-deadline-seconds")
    leaseRetryPeriod = try check.seconds(options.leaseRetryPeriodSeconds, "lease-retry-period-seconds")
    guard leaseRetryPeriod < leaseRenewDeadline, leaseRenewDeadline < leaseDuration else {
      throw UsageError(
        """
        --lease-retry-period-seconds (\(options.leaseRetryPeriodSeconds)) must be below \
        --lease-renew-deadline-seconds (\(options.leaseRenewDeadlineSeconds)), and that below \
        --lease-duration-seconds (\(options.leaseDurationSeconds))
        """)
    }
  }
}
