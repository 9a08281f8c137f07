internal import Model

/// What an exec plugin is given and gives back: an object of kind ExecCredential.
struct ExecCredential: Sendable, Equatable {
  var credential: KubernetesCredential
  /// In seconds since 1970; `nil` where it does not say.
  var expires: Double?

  /// What the plugin is told, in its environment as `KUBERNETES_EXEC_INFO`.
  static func request(for plugin: ExecPlugin, isInteractive: Bool) -> String {
    var spec: [(String, DocumentNode)] = []
    if let cluster = plugin.cluster { spec.append(("cluster", cluster)) }
    spec.append(("interactive", .truth(isInteractive)))
    return JSONWriter.text(
      of: .object([
        ("kind", .text("ExecCredential")),
        ("apiVersion", .text(plugin.apiVersion)),
        ("spec", .object(spec)),
      ]))
  }

  /// Reads what a plugin printed.
  ///
  /// - Throws: what is wrong with it. Tells nothing of what is secret.
  init(output: [UInt8], apiVersion: String) throws(KubernetesConfigurationError) {
    guard let document = try? JSONReader.read(output) else {
      throw KubernetesConfigurationError("it printed no JSON")
    }
    guard document["kind"]?.text == "ExecCredential" else {
      throw KubernetesConfigurationError("it printed something else than an ExecCredential")
    }
    guard let version = document["apiVersion"]?.text, version == apiVersion else {
      throw KubernetesConfigurationError(
        "it speaks \(document["apiVersion"]?.text ?? "no version") and not \(apiVersion)")
    }
    guard let status = document["status"], !status.isNull else {
      throw KubernetesConfigurationError("it printed an ExecCredential without a status")
    }
    credential = try Self.credential(status)
    guard let expires = status["expirationTimestamp"], !expires.isNull else { return }
    guard let seconds = expires.text.flatMap({ MicroTime.seconds($0) }) else {
      throw KubernetesConfigurationError("its expirationTimestamp is no time")
    }
    self.expires = seconds
  }

  private static func credential(
    _ status: DocumentNode
  ) throws(KubernetesConfigurationError) -> KubernetesCredential {
    var credential = KubernetesCredential.none
    if let token = status["token"]?.text, !token.isEmpty {
      guard token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw KubernetesConfigurationError("its token has characters that no token has")
      }
      credential = .bearer(token)
    }
    let certificate = status["clientCertificateData"]?.text ?? ""
    let key = status["clientKeyData"]?.text ?? ""
    guard certificate.isEmpty == key.isEmpty else {
      throw KubernetesConfigurationError("it printed a certificate without its key, or a key without its certificate")
    }
    if !certificate.isEmpty {
      credential.identity = HTTPClientTLS.Identity(
        certificate: .bytes(Array(certificate.utf8)), key: .bytes(Array(key.utf8)))
    }
    guard credential != .none else {
      throw KubernetesConfigurationError("it printed neither a token nor a certificate")
    }
    return credential
  }
}
