import Actors
import Model
import Testing

@testable import App

/// What becomes of the informer's options.
struct InformerConfigurationTests {
  private func configuration(
    _ words: [String] = [], _ environment: [String: String] = [:]
  ) throws -> InformerConfiguration {
    try ServeConfiguration(words: words, environment: environment).informer
  }

  @Test func theDefaultsAreThoseOfTheContract() throws {
    let configuration = try configuration()
    #expect(configuration.ruler.rulerURL == "http://127.0.0.1:8080/")
    #expect(configuration.ruler.distributorURL == "http://127.0.0.1:8080/")
    #expect(configuration.ruler.dialect == .cortex)
    #expect(configuration.namespaces == .named(["default"]))
    #expect(configuration.namespaceTemplate == "{namespace}")
    #expect(configuration.tenants.isEmpty)
    #expect(configuration.trackerInterval == .seconds(93))
    #expect(configuration.updaterInterval == .seconds(40))
    #expect(configuration.policy == SyncPolicy())
    #expect(!configuration.policy.removes)
    #expect(!configuration.isDryRun)
    #expect(configuration.electsLeader)
    #expect(configuration.election.leaseDuration == .seconds(15))
    #expect(configuration.election.renewDeadline == .seconds(10))
    #expect(configuration.election.retryPeriod == .seconds(2))
  }

  @Test func optionsReachTheirParts() throws {
    let configuration = try configuration([
      "--ruler-upstream-url", "http://ruler/", "--distributor-upstream-url", "https://distributor/x",
      "--ruler-dialect", "mimir", "--ruler-timeout-seconds", "1", "--ruler-connect-timeout-seconds", "2",
      "--max-ruler-requests", "3", "--ruler-proxy-from-environment", "--ruler-header", "A=b",
      "--informer-namespace", "b, a", "--ruler-namespace-template", "x-{namespace}", "--tenants", "t,0",
      "--tracker-poll-interval-seconds", "0", "--updater-poll-interval-seconds", "0.5",
      "--enable-updater-remove-rules", "--conflict-policy", "hold", "--drift", "report", "--dry-run",
      "--max-removals", "1", "--max-removals-percent", "2", "--max-repairs", "3", "--disable-leader-election",
      "--lease-duration-seconds", "6", "--lease-renew-deadline-seconds", "5", "--lease-retry-period-seconds", "4",
    ])
    #expect(configuration.ruler.rulerURL == "http://ruler/")
    #expect(configuration.ruler.distributorURL == "https://distributor/x")
    #expect(configuration.ruler.dialect == .mimir)
    #expect(configuration.ruler.timeout == .seconds(1))
    #expect(configuration.ruler.connectTimeout == .seconds(2))
    #expect(configuration.ruler.maximumRequests == 3)
    #expect(configuration.ruler.usesEnvironmentProxy)
    #expect(configuration.ruler.fields["A"] == "b")
    #expect(configuration.namespaces == .named(["a", "b"]))
    #expect(configuration.namespaceTemplate == "x-{namespace}")
    #expect(try configuration.tenants == [TenantID("t"), TenantID("0")])
    #expect(configuration.trackerInterval == nil)
    #expect(configuration.updaterInterval == .seconds(0.5))
    #expect(
      configuration.policy
        == SyncPolicy(
          tracks: false, updates: true, removes: true, conflict: .hold, drift: .report,
          removalLimit: SyncPolicy.RemovalLimit(count: 1, percent: 2), flapLimit: SyncPolicy.FlapLimit(writes: 3)))
    #expect(configuration.isDryRun)
    #expect(!configuration.electsLeader)
    #expect(configuration.election.leaseDuration == .seconds(6))
    #expect(configuration.election.renewDeadline == .seconds(5))
    #expect(configuration.election.retryPeriod == .seconds(4))
  }

  @Test func everyProcessHasAnIdentityOfItsOwn() throws {
    #expect(try configuration().election.identity != configuration().election.identity)
  }

  @Test(
    arguments: [
      ("a", .named(["a"])), ("a,b", .named(["a", "b"])), ("*", .all), (" * ", .all),
    ] as [(String, NamespaceSelection)])
  func theOriginalsVariableNamesNamespaces(_ value: String, _ namespaces: NamespaceSelection) throws {
    #expect(try configuration([], ["OPEN_METRICS_INFORMER_NAMESPACE": value]).namespaces == namespaces)
  }

  @Test(arguments: ["*,a", "a,*", ",", "a b", "-a", "a-", "ä", String(repeating: "a", count: 64)])
  func whatIsNoNamespaceIsRefused(_ value: String) throws {
    let error = try #require(throws: UsageError.self) {
      try configuration([], ["OPEN_METRICS_INFORMER_NAMESPACE": value])
    }
    #expect("\(error)".hasPrefix("--informer-namespace"))
  }
}
