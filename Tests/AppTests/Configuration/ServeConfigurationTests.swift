import Actors
import Model
import Testing
import Transport

@testable import App

/// Which roles are played, on which ports, and where rules are.
struct ServeConfigurationTests {
  struct Roles: CustomTestStringConvertible, Sendable {
    let words: [String]
    let proxy: Int?
    let informer: Int?

    init(_ words: String, proxy: Int?, informer: Int?) {
      self.words = words.split(separator: " ").map(String.init)
      self.proxy = proxy
      self.informer = informer
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(arguments: [
    Roles("", proxy: 19093, informer: nil),
    Roles("--port 1", proxy: 1, informer: nil),
    Roles("--sandbox", proxy: 19093, informer: nil),
    Roles("--informer-port 2 --ruler-upstream-url http://ruler/", proxy: 19093, informer: nil),
    Roles("--rules-directory /", proxy: 19093, informer: 20093),
    Roles("--rules-directory / --port 1 --informer-port 2", proxy: 1, informer: 2),
    Roles("--kubernetes-poll-interval-seconds 60", proxy: 19093, informer: 20093),
    Roles("--kubeconfig k", proxy: 19093, informer: 20093),
    Roles("--kubernetes-context c", proxy: 19093, informer: 20093),
    Roles("--role proxy", proxy: 19093, informer: nil),
    Roles("--role proxy --rules-directory /", proxy: 19093, informer: nil),
    Roles("--role informer", proxy: nil, informer: 20093),
    Roles("--role informer --informer-port 2", proxy: nil, informer: 2),
    Roles("--role informer --informer-port 2 --port 1", proxy: nil, informer: 1),
    Roles("--role informer --port 0", proxy: nil, informer: 0),
  ])
  func rolesHaveTheirPorts(_ roles: Roles) throws {
    let configuration = try ServeConfiguration(words: roles.words)
    #expect(configuration.proxyPort == roles.proxy)
    #expect(configuration.informerPort == roles.informer)
  }

  @Test(
    arguments: [
      ("", nil, nil), ("--rules-directory /", "rules directory", nil), ("--role informer", "kubernetes", nil),
      ("--kubeconfig k", "kubernetes", nil),
      ("--role proxy --kubernetes-context c --kubernetes-poll-interval-seconds 60", "kubernetes", .seconds(60)),
    ] as [(String, String?, Duration?)])
  func rulesAreWhereTheOptionsSay(_ line: String, _ name: String?, _ interval: Duration?) throws {
    let store = try ServeConfiguration(words: line.split(separator: " ").map(String.init)).store
    #expect(store?.name == name)
    guard case .kubernetes(let kubernetes)? = store else { return }
    #expect(kubernetes.pollInterval == interval)
    #expect(kubernetes.kubeconfig == (line.contains("kubeconfig") ? "k" : nil))
    #expect(kubernetes.context == (line.contains("context") ? "c" : nil))
  }

  @Test func kubernetesIsAskedAsTheOptionsSay() throws {
    let configuration = try ServeConfiguration(
      words: [
        "--role", "informer", "--resource-selector", "a=b", "--kubernetes-requests-per-second", "0.5",
        "--kubernetes-request-burst", "7",
      ])
    guard case .kubernetes(let kubernetes)? = configuration.store else {
      Issue.record("no Kubernetes")
      return
    }
    #expect(kubernetes.selector.text == "a=b")
    #expect(kubernetes.limits == KubernetesLimits(requestsPerSecond: 0.5, requestBurst: 7))
  }

  /// In a directory, a namespace is nothing but a name.
  @Test(arguments: [("--kubeconfig k", ["default"]), ("--rules-directory /", nil)] as [(String, Set<String>?)])
  func namespacesCountInKubernetes(_ line: String, _ namespaces: Set<String>?) throws {
    let informer = try ServeConfiguration(words: line.split(separator: " ").map(String.init)).informer
    #expect(informer.namespaces == namespaces)
    #expect(informer.settings.placement.scope.namespaces == namespaces)
  }

  /// Where a store names tenants, its list is in force even while it is empty.
  @Test(arguments: [
    ("", false), ("--rules-directory /", true), ("--kubernetes-poll-interval-seconds 1", true),
    ("--kubeconfig k", false), ("--role informer", false),
  ])
  func aStoreNamesTenantsWhereItIsAsked(_ line: String, _ namesTenants: Bool) throws {
    let configuration = try ServeConfiguration(words: line.split(separator: " ").map(String.init))
    #expect(configuration.proxy.policy.hasTenantSources == namesTenants)
  }

  @Test func optionsOfThePortsReachBothRoles() throws {
    let configuration = try ServeConfiguration(
      words: [
        "--interface", "::1", "--max-connections", "2", "--max-header-bytes", "3", "--head-timeout-seconds", "4",
        "--body-timeout-seconds", "5", "--idle-timeout-seconds", "6", "--write-timeout-seconds", "7",
        "--drain-timeout-seconds", "8",
      ])
    let server = configuration.listener.server(port: 9)
    let limits = server.limits
    #expect(server.host == "::1")
    #expect(server.port == 9)
    #expect(limits.maximumConnections == 2)
    #expect(limits.maximumHeaderBytes == 3)
    #expect(
      [limits.headTimeout, limits.bodyTimeout, limits.idleTimeout, limits.writeTimeout] == (4...7).map { .seconds($0) })
    #expect(configuration.drainTimeout == .seconds(8))
  }

  @Test func thePortsAreThisMachinesUnlessAskedFor() throws {
    let configuration = try ServeConfiguration(words: [])
    #expect(configuration.listener.host == "127.0.0.1")
    #expect(configuration.drainTimeout == .seconds(15))
  }
}
