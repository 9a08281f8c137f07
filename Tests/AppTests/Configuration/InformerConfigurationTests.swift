import Actors
import Model
import Testing
import Transport

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
    #expect(configuration.ruler.client.rulerURL == "http://127.0.0.1:8080/")
    #expect(configuration.ruler.client.distributorURL == "http://127.0.0.1:8080/")
    #expect(configuration.ruler.client.dialect == .cortex)
    #expect(configuration.namespaces == ["default"])
    #expect(configuration.settings.check.template == .identity)
    #expect(configuration.settings.placement.fallback == "default")
    #expect(configuration.tenants.isEmpty)
    #expect(configuration.trackerInterval == .seconds(93))
    #expect(configuration.updaterInterval == .seconds(40))
    #expect(configuration.settings.policy == SyncPolicy())
    #expect(!configuration.settings.policy.removes)
    #expect(!configuration.settings.isDryRun)
    #expect(configuration.election?.leaseDuration == .seconds(15))
    #expect(configuration.election?.renewDeadline == .seconds(10))
    #expect(configuration.election?.retryPeriod == .seconds(2))
  }

  @Test func optionsReachTheirParts() throws {
    let configuration = try configuration([
      "--ruler-upstream-url", "http://ruler/", "--distributor-upstream-url", "https://distributor/x",
      "--ruler-dialect", "mimir", "--ruler-timeout-seconds", "1", "--ruler-connect-timeout-seconds", "2",
      "--max-ruler-requests", "3", "--ruler-proxy-from-environment", "--ruler-header", "A=b",
      "--informer-namespace", "b, a", "--ruler-namespace-template", "x-{namespace}", "--tenants", "t,0",
      "--tracker-poll-interval-seconds", "0", "--updater-poll-interval-seconds", "0.5",
      "--enable-updater-remove-rules", "--conflict-policy", "hold", "--drift", "report", "--duplicate-rules", "refuse",
      "--max-removals", "1", "--max-removals-percent", "2", "--max-repairs", "3",
      "--lease-duration-seconds", "6", "--lease-renew-deadline-seconds", "5", "--lease-retry-period-seconds", "4",
    ])
    #expect(configuration.ruler.client.rulerURL == "http://ruler/")
    #expect(configuration.ruler.client.distributorURL == "https://distributor/x")
    #expect(configuration.ruler.client.dialect == .mimir)
    #expect(configuration.ruler.client.timeout == .seconds(1))
    #expect(configuration.ruler.http.connectTimeout == .seconds(2))
    #expect(configuration.ruler.http.maximumRequests == 3)
    #expect(configuration.ruler.http.usesEnvironmentProxy)
    #expect(configuration.ruler.client.fields["A"] == "b")
    #expect(configuration.namespaces == ["a", "b"])
    #expect(configuration.settings.check.template.rulerNamespace(for: "a") == "x-a")
    #expect(configuration.settings.placement.fallback == "a")
    #expect(try configuration.tenants == [TenantID("t"), TenantID("0")])
    #expect(configuration.trackerInterval == nil)
    #expect(configuration.updaterInterval == .seconds(0.5))
    #expect(
      configuration.settings.policy
        == SyncPolicy(
          tracks: false, updates: true, removes: true, conflict: .hold, drift: .report, duplicates: .refuse,
          removalLimit: SyncPolicy.RemovalLimit(count: 1, percent: 2), flapLimit: SyncPolicy.FlapLimit(writes: 3)))
    #expect(configuration.election?.leaseDuration == .seconds(6))
    #expect(configuration.election?.renewDeadline == .seconds(5))
    #expect(configuration.election?.retryPeriod == .seconds(4))
  }

  @Test(arguments: [(["--disable-leader-election"], false), (["--dry-run"], true)])
  func whoeverWritesNothingAsksNobody(_ words: [String], _ isDryRun: Bool) throws {
    let configuration = try configuration(words)
    #expect(configuration.election == nil)
    #expect(configuration.settings.isDryRun == isDryRun)
  }

  @Test func expressionsAreComparedByWhatTheyMean() throws {
    let comparison = try configuration().settings.check.comparison
    #expect(comparison.expressionsAreEqual("sum by (a) (up)", "sum(up) by(a)"))
    #expect(!comparison.expressionsAreEqual("sum by (a) (up)", "sum by (b) (up)"))
    #expect(!comparison.expressionsAreEqual("(", "("))
  }

  @Test(
    arguments: [
      ([], "default"), (["--informer-namespace", "*"], "default"), (["--informer-namespace", "b,default"], "default"),
      (["--informer-namespace", "b,a"], "a"), (["--import-namespace", "c", "--informer-namespace", "*"], "c"),
      (["--import-namespace", "-"], nil),
    ] as [([String], String?)])
  func importsGoSomewhere(_ words: [String], _ namespace: String?) throws {
    #expect(try configuration(words).settings.placement.fallback == namespace)
  }

  /// What is imported has to be watched, or it would be lost sight of at once.
  @Test(arguments: [
    ("team=a", ""), ("team in (a, b),stage!=test,!old", ""), ("team", "--tracker-poll-interval-seconds 0"),
    ("team", "--import-namespace -"), ("team", "--role proxy"),
  ])
  func theSelectorReachesTheMerge(_ selector: String, _ others: String) throws {
    let words = ["--kubeconfig", "k", "--resource-selector", selector] + others.split(separator: " ").map(String.init)
    let scope = try configuration(words).settings.placement.scope
    #expect(try scope == WatchScope(namespaces: ["default"], selector: ResourceSelector(selector)))
  }

  /// What is imported would be lost sight of at once.
  @Test(arguments: [
    ("team", "names no labels for imports"), ("team=a,size>5", "names no labels for imports"),
    ("team in a", "the selector \"team in a\" has a where ( must be"),
  ])
  func whatNamesNoLabelsIsRefused(_ selector: String, _ reason: String) throws {
    for others in [[], ["--import-namespace", "default"]] {
      let error = try #require(throws: UsageError.self) {
        try configuration(["--role", "informer", "--resource-selector", selector] + others)
      }
      #expect("\(error)".hasPrefix("--resource-selector"))
      #expect("\(error)".contains(reason))
    }
  }

  @Test func everyProcessHasAnIdentityOfItsOwn() throws {
    #expect(try configuration().election?.identity != configuration().election?.identity)
  }

  @Test(
    arguments: [
      ("a", ["a"]), ("a,b", ["a", "b"]), ("*", nil), (" * ", nil),
    ] as [(String, Set<String>?)])
  func theOriginalsVariableNamesNamespaces(_ value: String, _ namespaces: Set<String>?) throws {
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
