internal import Model

/// Understands a kubeconfig.
struct KubeConfigResolution {
  private let config: KubeConfig
  private let environment: [String: String]
  private let time: any TimeSource

  /// - Parameter environment: of this process.
  init(_ config: KubeConfig, environment: [String: String], time: any TimeSource) {
    self.config = config
    self.environment = environment
    self.time = time
  }

  /// - Parameter context: the context's name; `nil` for the current one.
  /// - Throws: what is missing or makes no sense.
  func configuration(of context: String?) throws(KubernetesConfigurationError) -> KubernetesConfiguration {
    let name = context ?? config.currentContext
    guard !name.isEmpty else { throw KubernetesConfigurationError("the kubeconfig has no current-context") }
    guard let context = config.contexts[name] else {
      throw KubernetesConfigurationError("the kubeconfig has no context \(name)")
    }
    let clusterName = context.text("cluster")
    guard let cluster = config.clusters[clusterName] else {
      throw KubernetesConfigurationError("context \(name): the kubeconfig has no cluster '\(clusterName)'")
    }
    let userName = context.text("user")
    let user = config.users[userName]
    guard userName.isEmpty || user != nil else {
      throw KubernetesConfigurationError("context \(name): the kubeconfig has no user '\(userName)'")
    }
    do throws(KubernetesConfigurationError) {
      return try configuration(name, context, cluster, user ?? KubeConfig.Entry(fields: .null, folder: "."))
    } catch {
      throw KubernetesConfigurationError("context \(name): \(error)")
    }
  }

  private func configuration(
    _ name: String, _ context: KubeConfig.Entry, _ cluster: KubeConfig.Entry, _ user: KubeConfig.Entry
  ) throws(KubernetesConfigurationError) -> KubernetesConfiguration {
    let tls = try tls(cluster, user)
    let namespace = context.text("namespace")
    let proxy = cluster.text("proxy-url")
    return KubernetesConfiguration(
      server: try server(cluster, tls), tls: tls, proxy: proxy.isEmpty ? nil : proxy,
      namespace: namespace.isEmpty ? "default" : namespace, source: "context \(name)",
      impersonation: try impersonation(user),
      credentials: try credentials(user, cluster, hasIdentity: tls.identity != nil))
  }

  private func server(
    _ cluster: KubeConfig.Entry, _ tls: HTTPClientTLS
  ) throws(KubernetesConfigurationError) -> String {
    var server = cluster.text("server")
    while server.last == "/" { server.removeLast() }
    guard !server.isEmpty else { throw KubernetesConfigurationError("the cluster has no server") }
    guard let scheme = server.firstRange(of: "://") else {
      return (tls == HTTPClientTLS() ? "http://" : "https://") + server
    }
    guard ["http", "https"].contains(server[..<scheme.lowerBound].lowercased()) else {
      throw KubernetesConfigurationError("the cluster's server is no URL of http or https: \(server)")
    }
    return server
  }

  private func tls(
    _ cluster: KubeConfig.Entry, _ user: KubeConfig.Entry
  ) throws(KubernetesConfigurationError) -> HTTPClientTLS {
    let serverName = cluster.text("tls-server-name")
    var tls = HTTPClientTLS(
      authorities: try cluster.pem("certificate-authority"), serverName: serverName.isEmpty ? nil : serverName,
      skipsVerification: cluster.isSet("insecure-skip-tls-verify"))
    guard tls.authorities == nil || !tls.skipsVerification else {
      throw KubernetesConfigurationError("the cluster has an authority, and insecure-skip-tls-verify")
    }
    let certificate = try user.pem("client-certificate")
    let key = try user.pem("client-key")
    if let certificate, let key {
      tls.identity = HTTPClientTLS.Identity(certificate: certificate, key: key)
    } else if certificate != nil || key != nil {
      throw KubernetesConfigurationError("the user has a client certificate without its key, or the other way round")
    }
    return tls
  }

  private func impersonation(_ user: KubeConfig.Entry) throws(KubernetesConfigurationError) -> HeaderFields {
    var fields: HeaderFields = [:]
    let name = user.text("as")
    let groups = (user.fields["as-groups"]?.items ?? []).compactMap(\.text)
    let extra = user.fields["as-user-extra"]?.fields ?? []
    let uid = user.text("as-uid")
    guard !name.isEmpty || groups.isEmpty && extra.isEmpty && uid.isEmpty else {
      throw KubernetesConfigurationError("the user has as-groups, as-uid or as-user-extra, but no 'as'")
    }
    if !name.isEmpty { fields.add("Impersonate-User", name) }
    if !uid.isEmpty { fields.add("Impersonate-Uid", uid) }
    for group in groups { fields.add("Impersonate-Group", group) }
    for field in extra {
      for value in (field.value.items ?? []).compactMap(\.text) {
        fields.add("Impersonate-Extra-\(PercentEncoding.encode(field.name.lowercased()))", value)
      }
    }
    return fields
  }

  /// - Parameter hasIdentity: whether the user has a client certificate.
  private func credentials(
    _ user: KubeConfig.Entry, _ cluster: KubeConfig.Entry, hasIdentity: Bool
  ) throws(KubernetesConfigurationError) -> any KubernetesCredentials {
    guard (user.fields["auth-provider"] ?? .null).isNull else {
      throw KubernetesConfigurationError("the user has an auth-provider, which Kubernetes has given up; use exec")
    }
    let token = user.text("token").filter { !$0.isWhitespace }
    let name = user.text("username")
    guard token.isEmpty || name.isEmpty else {
      throw KubernetesConfigurationError("the user has a token and a username")
    }
    if !user.text("tokenFile").isEmpty {
      return TokenFileCredentials(file: user.path(user.text("tokenFile")), time: time)
    }
    if !token.isEmpty { return FixedCredentials(credential: .bearer(token)) }
    if !name.isEmpty {
      let pair = Base64.encode(Array("\(name):\(user.text("password"))".utf8))
      return FixedCredentials(credential: KubernetesCredential(authorization: "Basic \(pair)"))
    }
    // A program is for those who have nothing else to show; kubectl asks none of them, either.
    guard !hasIdentity, let exec = user.fields["exec"], !exec.isNull else {
      return FixedCredentials(credential: .none)
    }
    let plugin = try plugin(KubeConfig.Entry(fields: exec, folder: user.folder), cluster)
    return ExecCredentials(plugin: plugin, environment: environment, time: time)
  }

  private func plugin(
    _ exec: KubeConfig.Entry, _ cluster: KubeConfig.Entry
  ) throws(KubernetesConfigurationError) -> ExecPlugin {
    let command = exec.text("command")
    guard !command.isEmpty else { throw KubernetesConfigurationError("exec has no command") }
    let apiVersion = exec.text("apiVersion")
    guard ExecPlugin.versions.contains(apiVersion) else {
      let versions = ExecPlugin.versions.joined(separator: " or ")
      throw KubernetesConfigurationError("exec has apiVersion '\(apiVersion)', and not \(versions)")
    }
    let mode = exec.text("interactiveMode")
    guard let interactiveMode = mode.isEmpty ? .ifAvailable : ExecPlugin.InteractiveMode(rawValue: mode) else {
      throw KubernetesConfigurationError("exec has interactiveMode '\(mode)', and not Never, IfAvailable or Always")
    }
    let variables = (exec.fields["env"]?.items ?? []).compactMap { item in
      item["name"]?.text.map { ($0, item["value"]?.text ?? "") }
    }
    return ExecPlugin(
      command: command.contains("/") ? exec.path(command) : command,
      arguments: (exec.fields["args"]?.items ?? []).map { $0.text ?? "" },
      environment: Dictionary(variables) { $1 }, apiVersion: apiVersion, interactiveMode: interactiveMode,
      installHint: exec.text("installHint"),
      cluster: exec.isSet("provideClusterInfo") ? try information(on: cluster) : nil)
  }

  /// What a plugin is told of the cluster.
  private func information(on cluster: KubeConfig.Entry) throws(KubernetesConfigurationError) -> DocumentNode {
    var fields: [(String, DocumentNode)] = [("server", .text(cluster.text("server")))]
    for name in ["tls-server-name", "proxy-url"] where !cluster.text(name).isEmpty {
      fields.append((name, .text(cluster.text(name))))
    }
    if cluster.isSet("insecure-skip-tls-verify") {
      fields.append(("insecure-skip-tls-verify", .truth(true)))
    }
    switch try cluster.pem("certificate-authority") {
    case .bytes(let bytes): fields.append(("certificate-authority-data", .text(Base64.encode(bytes))))
    case .file(let file):
      do {
        fields.append(("certificate-authority-data", .text(Base64.encode(Array(try SmallFile.read(file).utf8)))))
      } catch {
        throw KubernetesConfigurationError("\(error)")
      }
    case nil: break
    }
    let extensions = cluster.fields["extensions"]?.items ?? []
    if let own = extensions.first(where: { $0["name"]?.text == "client.authentication.k8s.io/exec" })?["extension"] {
      fields.append(("config", own))
    }
    return .object(fields)
  }
}
