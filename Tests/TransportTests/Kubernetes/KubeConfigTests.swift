import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// What is understood of kubeconfig files.
@Suite struct KubeConfigTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var path: String { folder.url.path }

  /// A kubeconfig with one context of everything.
  private static func config(
    cluster: String = "{server: \"https://k:6443\"}", user: String = "{}", context: String = "{cluster: c, user: u}"
  ) -> String {
    """
    apiVersion: v1
    kind: Config
    current-context: x
    clusters: [{name: c, cluster: \(cluster)}]
    users: [{name: u, user: \(user)}]
    contexts: [{name: x, context: \(context)}]
    """
  }

  private func load(
    kubeconfig: String? = nil, context: String? = nil, environment: [String: String] = [:]
  ) throws -> KubernetesConfiguration {
    try KubernetesConfigurationSource(kubeconfig: kubeconfig, context: context, environment: environment)
      .load(reading: YAMLReader(), time: ManualTime())
  }

  private func load(_ text: String, context: String? = nil) throws -> KubernetesConfiguration {
    try load(kubeconfig: try folder.write("config", text), context: context)
  }

  private func fault(_ text: String, context: String? = nil) throws -> String? {
    let file = try folder.write("config", text)
    do {
      _ = try load(kubeconfig: file, context: context)
      return nil
    } catch let error as KubernetesConfigurationError {
      return error.description
    }
  }

  private func authorization(_ configuration: KubernetesConfiguration) async throws -> String? {
    try await configuration.credentials.current().authorization
  }

  // MARK: Files and contexts

  @Test func theCurrentContextCountsUnlessOneIsNamed() throws {
    let text = """
      current-context: b
      clusters:
        - {name: one, cluster: {server: "https://one"}}
        - {name: two, cluster: {server: "https://two/k8s/clusters/x/"}}
      contexts:
        - {name: a, context: {cluster: one, namespace: team-a}}
        - {name: b, context: {cluster: two}}
      """
    let current = try load(text)
    #expect(current.server == "https://two/k8s/clusters/x" && current.namespace == "default")
    #expect(current.source == "context b of \(path)/config")
    let named = try load(text, context: "a")
    #expect(named.server == "https://one" && named.namespace == "team-a")
    #expect(try fault(text, context: "c") == "the kubeconfig has no context c")
  }

  /// Of entries with the same name the first file's counts, whole: nothing of the second's is mixed into it.
  @Test func severalFilesAreOne() async throws {
    let first = try folder.write(
      "one/config",
      """
      clusters: [{name: c, cluster: {server: "https://first"}}]
      users: [{name: u, user: {token: first}}]
      """)
    let second = try folder.write(
      "two/config",
      """
      current-context: x
      clusters: [{name: c, cluster: {server: "https://second", tls-server-name: other}}]
      users: [{name: u, user: {token: second}}, {name: v, user: {tokenFile: token}}]
      contexts: [{name: x, context: {cluster: c, user: u}}, {name: y, context: {cluster: c, user: v}}]
      """)
    let third = try folder.write("three", "current-context: y\n")
    try folder.write("two/token", "from-a-file\n")
    let list = ["", first, "\(path)/none", second, third].joined(separator: ":")
    let configuration = try load(environment: ["KUBECONFIG": list])
    #expect(configuration.server == "https://first" && configuration.tls.serverName == nil)
    #expect(try await authorization(configuration) == "Bearer first")
    #expect(configuration.source == "context x of \(first), \(second), \(third)")
    let other = try load(context: "y", environment: ["KUBECONFIG": list])
    #expect(try await authorization(other) == "Bearer from-a-file")
    let reversed = try load(environment: ["KUBECONFIG": "\(third):\(second):\(first)"])
    #expect(reversed.server == "https://second" && reversed.tls.serverName == "other")
    #expect(try await authorization(reversed) == "Bearer from-a-file")
  }

  @Test func aNamedFileComesBeforeTheEnvironmentAndThatBeforeTheHome() throws {
    func config(_ name: String) -> String { Self.config(cluster: "{server: \"https://\(name)\"}") }
    let named = try folder.write("named", config("named"))
    let listed = try folder.write("listed", config("listed"))
    try folder.write("home/.kube/config", config("home"))
    let environment = ["KUBECONFIG": listed, "HOME": "\(path)/home"]
    #expect(try load(kubeconfig: named, environment: environment).server == "https://named")
    #expect(try load(environment: environment).server == "https://listed")
    #expect(try load(environment: ["HOME": "\(path)/home"]).server == "https://home")
    #expect(try load(environment: ["KUBECONFIG": "", "HOME": "\(path)/home"]).server == "https://home")
  }

  @Test func filesThatAreNotThereAreNamed() throws {
    for (environment, words) in [
      (["KUBECONFIG": "/none/a:/none/b"], "no file of KUBECONFIG is there: /none/a, /none/b"),
      (["HOME": "/none"], "there is no KUBECONFIG, no service account of a pod, and no /none/.kube/config"),
    ] {
      let error = #expect(throws: KubernetesConfigurationError.self) { try load(environment: environment) }
      #expect(error?.description.contains(words) == true)
    }
    let error = #expect(throws: KubernetesConfigurationError.self) { try load(kubeconfig: "/none/config") }
    #expect(error?.description.contains("/none/config: No such file") == true)
  }

  // MARK: The cluster

  @Test(
    arguments: [
      ("{server: \"https://k:6443/\"}", "https://k:6443"), ("{server: \"HTTP://k\"}", "HTTP://k"),
      ("{server: \"k:6443\"}", "http://k:6443"), ("{server: k, insecure-skip-tls-verify: true}", "https://k"),
      ("{server: k, certificate-authority: ca.crt}", "https://k"),
      ("{server: \"https://[::1]:6443\"}", "https://[::1]:6443"),
    ])
  func servers(cluster: String, server: String) throws {
    #expect(try load(Self.config(cluster: cluster)).server == server)
  }

  @Test func howTheServerIsTrusted() throws {
    #expect(try load(Self.config()).tls == HTTPClientTLS())
    let named = try load(
      Self.config(cluster: "{server: \"https://k\", certificate-authority: pki/ca.crt, tls-server-name: kubernetes}"))
    #expect(named.tls == HTTPClientTLS(authorities: .file("\(path)/pki/ca.crt"), serverName: "kubernetes"))
    let held = try load(
      Self.config(
        cluster: "{server: \"https://k\", certificate-authority: ca.crt, certificate-authority-data: \"UE\\nVN\"}"))
    #expect(held.tls == HTTPClientTLS(authorities: .bytes(Array("PEM".utf8))))
    for text in ["true", "True"] {
      let any = try load(Self.config(cluster: "{server: \"https://k\", insecure-skip-tls-verify: \(text)}"))
      #expect(any.tls == HTTPClientTLS(skipsVerification: true))
    }
    #expect(try load(Self.config()).proxy == nil)
    let proxied = try load(Self.config(cluster: "{server: \"https://k\", proxy-url: \"socks5://p:1080\"}"))
    #expect(proxied.proxy == "socks5://p:1080")
  }

  // MARK: The user

  @Test(
    arguments: [
      ("{}", nil), ("{token: abc}", "Bearer abc"), ("{token: \"abc\\n\"}", "Bearer abc"),
      ("{username: jane, password: \"s:ö\"}", "Basic amFuZTpzOsO2"), ("{username: jane}", "Basic amFuZTo="),
      // A program is asked only by those who have nothing else to show.
      ("{token: abc, exec: {command: none, apiVersion: client.authentication.k8s.io/v1}}", "Bearer abc"),
      (
        "{client-certificate: c, client-key: k, exec: {command: none, apiVersion: client.authentication.k8s.io/v1}}",
        nil
      ),
    ] as [(String, String?)])
  func whatAUserShows(user: String, authorization: String?) async throws {
    #expect(try await self.authorization(try load(Self.config(user: user))) == authorization)
  }

  @Test func aTokenInAFileComesBeforeOneBesideIt() async throws {
    try folder.write("t", "from-a-file")
    let configuration = try load(Self.config(user: "{token: abc, tokenFile: t}"))
    #expect(try await authorization(configuration) == "Bearer from-a-file")
  }

  @Test func certificatesAreFilesOrHeld() throws {
    let files = try load(Self.config(user: "{client-certificate: a/c.crt, client-key: /k.key}"))
    #expect(
      files.tls.identity
        == HTTPClientTLS.Identity(certificate: .file("\(path)/a/c.crt"), key: .file("/k.key")))
    let held = try load(
      Self.config(user: "{client-certificate: c, client-certificate-data: Q0VSVA==, client-key-data: S0VZ}"))
    #expect(
      held.tls.identity
        == HTTPClientTLS.Identity(certificate: .bytes(Array("CERT".utf8)), key: .bytes(Array("KEY".utf8))))
  }

  @Test func aUserMayActAsAnother() throws {
    let user = """
      {as: "jane", as-uid: "7", as-groups: [a, b], as-user-extra: {"Scopes/x": ["view", "edit"]}}
      """
    #expect(
      try load(Self.config(user: user)).impersonation.fields.map { "\($0.name): \($0.value)" } == [
        "Impersonate-User: jane", "Impersonate-Uid: 7", "Impersonate-Group: a", "Impersonate-Group: b",
        "Impersonate-Extra-scopes%2Fx: view", "Impersonate-Extra-scopes%2Fx: edit",
      ])
    #expect(try load(Self.config()).impersonation.fields.isEmpty)
  }

  @Test func aContextNeedsNoUser() async throws {
    #expect(try await authorization(try load(Self.config(context: "{cluster: c}"))) == nil)
  }

  // MARK: What is wrong

  @Test(
    arguments: [
      ("{}", "the kubeconfig has no current-context"), ("", "the kubeconfig has no current-context"),
      ("[]", "must be a mapping"), ("clusters: 5", "clusters"), ("a: [", "line"), ("\u{0}", "config: "),
      ("current-context: x", "the kubeconfig has no context x"),
      (config(context: "{cluster: d}"), "context x: the kubeconfig has no cluster 'd'"),
      (config(context: "{}"), "context x: the kubeconfig has no cluster ''"),
      (config(context: "{cluster: c, user: w}"), "context x: the kubeconfig has no user 'w'"),
      (config(cluster: "{}"), "context x: the cluster has no server"),
      (config(cluster: "{server: \"ftp://k\"}"), "no URL of http or https: ftp://k"),
      (
        config(cluster: "{server: \"https://k\", certificate-authority: a, insecure-skip-tls-verify: true}"),
        "the cluster has an authority, and insecure-skip-tls-verify"
      ),
      (
        config(cluster: "{server: \"https://k\", certificate-authority-data: \"%\"}"),
        "certificate-authority-data is no base64"
      ),
      (config(user: "{client-certificate: c}"), "without its key"),
      (config(user: "{client-key-data: S0VZ}"), "without"),
      (config(user: "{token: a, username: b}"), "a token and a username"),
      (config(user: "{as-groups: [a]}"), "no 'as'"), (config(user: "{auth-provider: {name: gcp}}"), "use exec"),
      (config(user: "{exec: {apiVersion: client.authentication.k8s.io/v1}}"), "exec has no command"),
      (
        config(user: "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1alpha1}}"),
        "exec has apiVersion 'client.authentication.k8s.io/v1alpha1', and not client.authentication.k8s.io/v1 or"
      ),
      (
        config(
          user: "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Sometimes}}"),
        "exec has interactiveMode 'Sometimes'"
      ),
    ])
  func whatIsWrongIsSaid(text: String, words: String) throws {
    let fault = try #require(try fault(text))
    #expect(fault.contains(words), "\(fault)")
  }

  @Test func whatIsSecretIsNotTold() throws {
    for user in ["{token: sEcReT, username: b}", "{client-key-data: \"sEcReT%\", client-certificate: c}"] {
      #expect(try #require(try fault(Self.config(user: user))).contains("sEcReT") == false)
    }
  }
}
