package import Model

/// The instruments of the informer. Whoever has something to count holds this object, and counts without waiting.
package final class InformerMetrics: Sendable {
  // MARK: Names of the original kit

  /// Groups of each tenant that the ruler had when it was last looked at for imports.
  package let trackerRules = GaugeFamily(
    "open_metrics_informer_tracker_rules", help: "Rule groups in the ruler.", labels: [TenantMetricLabel.name])
  /// 1 for each tenant that the ruler had groups of when it was last looked at for imports.
  package let trackerTenants = GaugeFamily(
    "open_metrics_informer_tracker_tenants", help: "Tenants with rule groups in the ruler.",
    labels: [TenantMetricLabel.name])
  /// Groups of each tenant that resources had when they were last compared with the ruler.
  package let updaterRules = GaugeFamily(
    "open_metrics_informer_updater_rules", help: "Rule groups in resources.", labels: [TenantMetricLabel.name])
  /// 1 for each tenant that resources had groups of when they were last compared with the ruler.
  package let updaterTenants = GaugeFamily(
    "open_metrics_informer_updater_tenants", help: "Tenants with rule groups in resources.",
    labels: [TenantMetricLabel.name])

  // MARK: How it goes

  /// Groups by tenant and by how they stand. See ``setGroups(_:of:)``.
  package let groups = GaugeFamily(
    "open_metrics_informer_groups", help: "Rule groups by how they stand between resources and the ruler.",
    labels: [TenantMetricLabel.name, "state"])
  /// When all tenants of a direction were last brought in step without a failure, in seconds since 1970.
  package let lastSuccess = GaugeFamily(
    "open_metrics_informer_last_success_timestamp_seconds",
    help: "When all tenants were last brought in step, by direction.", labels: ["direction"])
  /// Passes that ended, by direction and result.
  package let passes = CounterFamily(
    "open_metrics_informer_passes_total", help: "Passes over a tenant, by direction and result.",
    labels: ["direction", "result"])
  /// Writes to the ruler and to resources, by what they do and what came of them.
  package let operations = CounterFamily(
    "open_metrics_informer_operations_total", help: "Writes, by operation and result.", labels: ["op", "result"])
  /// Groups found to be changed on both sides.
  package let conflicts = Counter(
    "open_metrics_informer_conflicts_total", help: "Rule groups that were found changed on both sides.")
  /// Groups that failed validation, counted whenever their resource is looked at.
  package let validationFailures = Counter(
    "open_metrics_informer_validation_failures_total", help: "Rule groups that failed validation.")
  /// Groups of each tenant with a rule that stands in another place, too, whether they are written or not.
  package let duplicates = GaugeFamily(
    "open_metrics_informer_duplicates", help: "Rule groups with a rule that the tenant has twice.",
    labels: [TenantMetricLabel.name])
  /// Removals held back for being too many at once.
  package let heldRemovals = GaugeFamily(
    "open_metrics_informer_held_removals", help: "Removals that are held back because they are too many at once.",
    labels: [TenantMetricLabel.name])
  /// Writes of ledgers.
  package let ledgerWrites = CounterFamily(
    "open_metrics_informer_ledger_writes_total", help: "Writes of ledgers, by result.", labels: ["result"])
  /// Writes of statuses.
  package let statusWrites = CounterFamily(
    "open_metrics_informer_status_writes_total", help: "Writes of statuses, by result.", labels: ["result"])

  // MARK: The election

  /// How often this process began or ceased to lead.
  package let leaderTransitions = Counter(
    "open_metrics_informer_leader_transitions_total", help: "How often this informer began or ceased to lead.")

  package init() {}

  /// All of them.
  package var all: [any MetricCollector] { levels + history }

  /// All of them, to be registered, and whether this process leads. How rules stand is shown only while it does: from the
  /// moment on at which another informer works, what this one has seen is no longer so.
  package func collectors(_ leadership: LeadershipCell) -> [any MetricCollector] {
    let leader = GaugeFunction("open_metrics_informer_leader", help: "Whether this informer leads: 1 or 0.") {
      leadership.term == nil ? 0 : 1
    }
    return [leader] + levels.map { WhileLeading(collector: $0, leadership: leadership) } + history
  }

  /// How rules stand at the moment.
  private var levels: [any MetricCollector] {
    [trackerRules, trackerTenants, updaterRules, updaterTenants, groups, duplicates, heldRemovals]
  }

  /// What this process has done.
  private var history: [any MetricCollector] {
    [
      lastSuccess, passes, operations, conflicts, validationFailures, ledgerWrites, statusWrites, leaderTransitions,
    ]
  }
}
