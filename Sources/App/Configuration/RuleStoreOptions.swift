import ArgumentParser

/// What both roles can be told of the store of OpenMetricsRule resources.
struct RuleStoreOptions: ParsableArguments {
  @Option(help: "A directory of OpenMetricsRule files in YAML, instead of Kubernetes.")
  var rulesDirectory: String?

  @Option(help: "A kubeconfig file. Else KUBECONFIG counts, then the pod's service account, then ~/.kube/config.")
  var kubeconfig: String?

  @Option(help: "The context of the kubeconfig, instead of its current one.")
  var kubernetesContext: String?

  @Option(
    help: """
      How often all resources are listed anew, beside being watched, in seconds. 0: they are only watched, and the proxy \
      does not ask Kubernetes.
      """)
  var kubernetesPollIntervalSeconds = 0.0

  @Option(help: "Only resources with these labels count, such as team=a,stage!=test.")
  var resourceSelector: String?

  @Option(help: "How many requests a second may go to Kubernetes.")
  var kubernetesRequestsPerSecond = 20.0

  @Option(help: "How many requests may go to Kubernetes at once, after a pause.")
  var kubernetesRequestBurst = 100

  @Option(help: "A directory in which the allowed tenants are kept across restarts.")
  var stateDirectory: String?
}
