import Foundation

/// Where OpenMetricsRule resources are, understood and checked.
enum RuleStoreConfiguration: Equatable {
  /// In a directory of files.
  case directory(String)
  /// In Kubernetes. `kubeconfig` and `context` are where they were given; `pollInterval` is `nil` where the proxy does
  /// not ask Kubernetes for tenants.
  case kubernetes(kubeconfig: String?, context: String?, pollInterval: Duration?)

  /// - Parameter isNeeded: whether there has to be a store: Kubernetes then, where nothing is said.
  /// - Returns: `nil` where none is configured and none is needed.
  /// - Throws: `UsageError` for the first value that makes no sense.
  init?(_ options: RuleStoreOptions, isNeeded: Bool, _ check: OptionCheck) throws {
    let pollInterval = try check.interval(options.kubernetesPollIntervalSeconds, "kubernetes-poll-interval-seconds")
    let asksForKubernetes = pollInterval != nil || options.kubeconfig != nil || options.kubernetesContext != nil
    if let directory = options.rulesDirectory {
      guard !asksForKubernetes else {
        throw UsageError("--rules-directory '\(directory)' excludes options of Kubernetes")
      }
      try check.directory(directory, "rules-directory")
      self = .directory(directory)
    } else if asksForKubernetes || isNeeded {
      self = .kubernetes(
        kubeconfig: options.kubeconfig, context: options.kubernetesContext, pollInterval: pollInterval)
    } else {
      return nil
    }
  }

  /// Whether the proxy allows the tenants that the resources name.
  var namesTenants: Bool {
    switch self {
    case .directory: true
    case .kubernetes(_, _, let pollInterval): pollInterval != nil
    }
  }
}
