import ArgumentParser
import Model

/// What the informer can be told on the command line.
struct InformerOptions: ParsableArguments {
  @Option(
    help: """
      The namespaces whose OpenMetricsRule resources are kept in step with the ruler, comma-separated, or *; also as \
      OPEN_METRICS_INFORMER_NAMESPACE.
      """)
  var informerNamespace = "default"

  @Option(help: "The ruler's namespace for a resource: {namespace} stands for that of the resource.")
  var rulerNamespaceTemplate = "{namespace}"

  @Option(
    help: """
      The namespace of Kubernetes for what is found in the ruler, where the ruler's namespace stands for no watched one. \
      Else default, or the first that is watched. -: it stays in the ruler alone.
      """)
  var importNamespace: String?

  @Option(help: "Tenants to look for in the ruler, comma-separated, beside those that are found.")
  var tenants: String?

  @Option(help: "How often the ruler is looked at for what is new there, in seconds; 0 for never.")
  var trackerPollIntervalSeconds = 93.0

  @Option(
    help: """
      How often all is compared with the ruler and mended there, in seconds; 0 for never. Changes of resources are \
      acted on at once.
      """)
  var updaterPollIntervalSeconds = 40.0

  @Flag(help: "Remove groups from the ruler whose resource is gone, where nobody has changed them in the ruler.")
  var enableUpdaterRemoveRules = false

  @Option(help: "Which side wins where a group was changed on both: kubernetes, ruler, or hold for neither.")
  var conflictPolicy = SyncPolicy.Conflict.kubernetes

  @Option(
    help: """
      What becomes of a change in the ruler that may not be taken over: repair undoes it, report leaves it. Else it is \
      undone only where --tracker-poll-interval-seconds is 0.
      """)
  var drift: SyncPolicy.Drift?

  @Option(
    help: """
      What becomes of a group with a rule that another group of the tenant has, too: report writes and shows it, \
      refuse leaves it unwritten.
      """)
  var duplicateRules = SyncPolicy.Duplicates.report

  @Option(
    help: "How many of a tenant's groups may be removed at once; where it is more, --max-removals-percent.")
  var maxRemovals = 10

  @Option(help: "How many of a tenant's groups may be removed at once, of 100; where it is more, --max-removals.")
  var maxRemovalsPercent = 30

  @Option(help: "From how many repairs of a group in a quarter of an hour on it is left alone.")
  var maxRepairs = 4

  @Flag(help: "Write nothing, and log what would be written.")
  var dryRun = false

  @Flag(help: "Work without asking whether another informer does.")
  var disableLeaderElection = false

  @Option(help: "The name of the Lease by which informers agree on which of them works.")
  var leaseName = "open-metrics-informer"

  @Option(help: "The namespace of that Lease, and of the ledger. Else the pod's own, or the kubeconfig context's.")
  var leaseNamespace: String?

  @Option(help: "How long another informer waits for one that is silent.")
  var leaseDurationSeconds = 15.0

  @Option(help: "How long the informer that works tries to renew its Lease before it stops.")
  var leaseRenewDeadlineSeconds = 10.0

  @Option(help: "How often it does so, and how often others look.")
  var leaseRetryPeriodSeconds = 2.0
}
