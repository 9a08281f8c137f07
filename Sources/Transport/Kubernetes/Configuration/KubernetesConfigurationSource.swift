internal import Glibc
package import Model

/// Where it is written how to reach Kubernetes: a kubeconfig that is named, `KUBECONFIG`, the service account of the
/// pod, or `~/.kube/config`, whichever is there first.
package struct KubernetesConfigurationSource: Sendable {
  /// The file that was named, if one was.
  package var kubeconfig: String?
  /// The context that was named, if one was; else the kubeconfig's current one.
  package var context: String?
  /// Of this process.
  package var environment: [String: String]
  /// Where the kubelet puts what a pod shows to the server.
  package var serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

  package init(kubeconfig: String? = nil, context: String? = nil, environment: [String: String]) {
    self.kubeconfig = kubeconfig
    self.context = context
    self.environment = environment
  }

  /// Reads it. Blocks while it does.
  ///
  /// - Throws: `KubernetesConfigurationError` for the first thing that is wrong.
  package func load(
    reading reader: any DocumentReader, time: any TimeSource
  ) throws(KubernetesConfigurationError) -> KubernetesConfiguration {
    if let kubeconfig { return try load([kubeconfig], mayBeMissing: false, reader, time) }
    let named = (environment["KUBECONFIG"] ?? "").split(separator: ":").map(String.init)
    if !named.isEmpty { return try load(named, mayBeMissing: true, reader, time) }
    if context == nil, let configuration = inCluster(time) { return configuration }
    let home = environment["HOME"] ?? ""
    let file = "\(home)/.kube/config"
    guard access(file, F_OK) == 0 else {
      throw KubernetesConfigurationError(
        "it is not known how to reach Kubernetes: there is no KUBECONFIG, no service account of a pod, and no \(file)")
    }
    return try load([file], mayBeMissing: false, reader, time)
  }

  /// - Parameter mayBeMissing: whether files that are not there are passed over, as long as one is.
  private func load(
    _ files: [String], mayBeMissing: Bool, _ reader: any DocumentReader, _ time: any TimeSource
  ) throws(KubernetesConfigurationError) -> KubernetesConfiguration {
    var merged = KubeConfig()
    let present = mayBeMissing ? files.filter { access($0, F_OK) == 0 } : files
    guard !present.isEmpty else {
      throw KubernetesConfigurationError("no file of KUBECONFIG is there: \(files.joined(separator: ", "))")
    }
    for file in present {
      do {
        let documents = try reader.documents(in: Array(try SmallFile.read(file).utf8))
        if let document = documents.first { try merged.merge(document, from: file) }
      } catch let error as SmallFileError {
        throw KubernetesConfigurationError("\(error)")
      } catch {
        throw KubernetesConfigurationError("\(file): \(error)")
      }
    }
    var configuration = try KubeConfigResolution(merged, environment: environment, time: time).configuration(
      of: context)
    configuration.source = "\(configuration.source) of \(present.joined(separator: ", "))"
    return configuration
  }

  /// - Returns: `nil` where this is no pod with a service account.
  private func inCluster(_ time: any TimeSource) -> KubernetesConfiguration? {
    let token = "\(serviceAccountFolder)/token"
    guard let host = environment["KUBERNETES_SERVICE_HOST"], let port = environment["KUBERNETES_SERVICE_PORT"],
      !host.isEmpty, !port.isEmpty, access(token, F_OK) == 0
    else { return nil }
    let authorities = "\(serviceAccountFolder)/ca.crt"
    let namespace = try? SmallFile.read("\(serviceAccountFolder)/namespace").filter { !$0.isWhitespace }
    return KubernetesConfiguration(
      server: "https://\(host.contains(":") ? "[\(host)]" : host):\(port)",
      tls: HTTPClientTLS(authorities: access(authorities, R_OK) == 0 ? .file(authorities) : nil),
      proxy: nil, namespace: namespace.flatMap { $0.isEmpty ? nil : $0 } ?? "default",
      source: "the pod's service account", impersonation: [:],
      credentials: TokenFileCredentials(file: token, time: time))
  }
}
