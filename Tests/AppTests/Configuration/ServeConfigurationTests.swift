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
      ("", nil),
      ("--rules-directory /", .directory("/")),
      ("--role informer", .kubernetes(kubeconfig: nil, context: nil, pollInterval: nil)),
      ("--kubeconfig k", .kubernetes(kubeconfig: "k", context: nil, pollInterval: nil)),
      (
        "--role proxy --kubernetes-context c --kubernetes-poll-interval-seconds 60",
        .kubernetes(kubeconfig: nil, context: "c", pollInterval: .seconds(60))
      ),
    ] as [(String, RuleStoreConfiguration?)])
  func rulesAreWhereTheOptionsSay(_ line: String, _ store: RuleStoreConfiguration?) throws {
    #expect(try ServeConfiguration(words: line.split(separator: " ").map(String.init)).store == store)
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
