import Model
import Transport

/// How Kubernetes is reached, and which of its resources count, understood and checked.
struct KubernetesStoreConfiguration: Equatable {
  /// A file, where one was named.
  let kubeconfig: String?
  /// A context of it, where one was named.
  let context: String?
  /// How often all resources are listed anew, beside being watched; `nil` for never.
  let pollInterval: Duration?
  /// The labels that resources must have.
  let selector: ResourceSelector
  let limits: KubernetesLimits

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: RuleStoreOptions, _ check: OptionCheck) throws(UsageError) {
    kubeconfig = options.kubeconfig
    context = options.kubernetesContext
    pollInterval = try check.interval(options.kubernetesPollIntervalSeconds, "kubernetes-poll-interval-seconds")
    selector = try check.selector(options.resourceSelector ?? "", "resource-selector")
    try check.positive(options.kubernetesRequestBurst, "kubernetes-request-burst")
    guard options.kubernetesRequestsPerSecond > 0, options.kubernetesRequestsPerSecond.isFinite else {
      throw UsageError(
        "--kubernetes-requests-per-second must be above 0, not \(options.kubernetesRequestsPerSecond)")
    }
    limits = KubernetesLimits(
      requestsPerSecond: options.kubernetesRequestsPerSecond, requestBurst: options.kubernetesRequestBurst)
  }

  /// Whether anything was said that makes sense with Kubernetes only.
  var isAskedFor: Bool { pollInterval != nil || kubeconfig != nil || context != nil }
}
