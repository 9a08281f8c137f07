import Actors
import Foundation
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
  let policy: SyncPolicy
  let isDryRun: Bool
  let electsLeader: Bool
  let leaseName: String
  let leaseNamespace: String?
  let election: ElectionConfiguration

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: InformerOptions, _ ruler: RulerOptions, _ check: OptionCheck) throws {
    self.ruler = try RulerConfiguration(ruler, check)
    namespaces = try check.namespaces(options.informerNamespace, "informer-namespace")
    namespaceTemplate = options.rulerNamespaceTemplate
    tenants = try options.tenants.map { try check.tenants($0, "tenants") } ?? []
    trackerInterval = try check.interval(options.trackerPollIntervalSeconds, "tracker-poll-interval-seconds")
    updaterInterval = try check.interval(options.updaterPollIntervalSeconds, "updater-poll-interval-seconds")
    policy = try Self.policy(options, check)
    isDryRun = options.dryRun
    electsLeader = !options.disableLeaderElection
    leaseName = options.leaseName
    leaseNamespace = options.leaseNamespace
    election = try Self.election(options, check)
  }

  private static func policy(_ options: InformerOptions, _ check: OptionCheck) throws(UsageError) -> SyncPolicy {
    try check.range(0...Int(Int32.max), options.maxRemovals, "max-removals")
    try check.range(0...100, options.maxRemovalsPercent, "max-removals-percent")
    try check.positive(options.maxRepairs, "max-repairs")
    return SyncPolicy(
      tracks: options.trackerPollIntervalSeconds > 0, updates: options.updaterPollIntervalSeconds > 0,
      removes: options.enableUpdaterRemoveRules, conflict: options.conflictPolicy, drift: options.drift,
      removalLimit: SyncPolicy.RemovalLimit(count: options.maxRemovals, percent: options.maxRemovalsPercent),
      flapLimit: SyncPolicy.FlapLimit(writes: options.maxRepairs))
  }

  private static func election(
    _ options: InformerOptions, _ check: OptionCheck
  ) throws(UsageError) -> ElectionConfiguration {
    let duration = try check.seconds(options.leaseDurationSeconds, "lease-duration-seconds")
    let deadline = try check.seconds(options.leaseRenewDeadlineSeconds, "lease-renew-deadline-seconds")
    let period = try check.seconds(options.leaseRetryPeriodSeconds, "lease-retry-period-seconds")
    guard period < deadline, deadline < duration else {
      throw UsageError(
        """
        --lease-retry-period-seconds (\(options.leaseRetryPeriodSeconds)) must be below \
        --lease-renew-deadline-seconds (\(options.leaseRenewDeadlineSeconds)), and that below \
        --lease-duration-seconds (\(options.leaseDurationSeconds))
        """)
    }
    return ElectionConfiguration(
      identity: Self.identity, leaseDuration: duration, renewDeadline: deadline, retryPeriod: period)
  }

  /// The host's name, which is that of the pod, and what tells this process from one before it.
  private static var identity: String {
    "\(ProcessInfo.processInfo.hostName)_\(UUID().uuidString.lowercased())"
  }
}
