import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// The program with a directory of rules and a ruler, edited on both sides.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RulesDirectoryTests {
  private let rules: TemporaryDirectory
  private let ruler: RulerStandIn

  init() async throws {
    rules = try TemporaryDirectory()
    ruler = try await RulerStandIn.start()
  }

  private func resource(_ expression: String, tenant: String = "team-a", group: String = "g") -> String {
    """
    apiVersion: open-metrics.vgs.io/v1
    kind: OpenMetricsRule
    metadata:
      name: \(tenant)-\(group)
    spec:
      tenants: [\(tenant)]
      groups:
        - name: \(group)
          rules:
            - record: a:b
              expr: \(expression)

    """
  }

  private func arguments(_ others: [String]) -> [String] {
    [
      "--port", "0", "--rules-directory", rules.path, "--ruler-upstream-url", ruler.url, "--distributor-upstream-url",
      ruler.url, "--tracker-poll-interval-seconds", "1", "--updater-poll-interval-seconds", "1",
    ] + others
  }

  private func start(_ others: String...) throws -> ChildProcess {
    try ChildProcess(BuiltProduct.url("openmmt"), arguments(["--role", "informer"] + others))
  }

  /// Asks again and again until the answer is the one that is waited for.
  private func wait(for what: String, until isTrue: () throws -> Bool) async throws {
    let limit = Duration.seconds(60)
    let deadline = ContinuousClock.now + limit
    while try !isTrue() {
      guard ContinuousClock.now < deadline else { throw DeadlineExceeded(what: what, limit: limit, state: "not so") }
      await Task.yield()
    }
  }

  private func imports() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: rules.path).filter { $0.hasPrefix("default.") }
  }

  @Test func aChangeOnEitherSideReachesTheOther() async throws {
    try rules.write(resource("sum(up)"), to: "a.yaml")
    let informer = try start("--drift", "repair")
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")

    try rules.write(resource("max(up)"), to: "a.yaml")
    try await ruler.wait(for: "team-a/default/g", toBe: "max(up)")

    ruler.put("team-a/mine/h", expression: "min(up)")
    try await wait(for: "the import") { try !imports().isEmpty }
    let file = try #require(try imports().first)
    #expect(try rules.read(file).contains("expr: min(up)"))

    ruler.put("team-a/mine/h", expression: "avg(up)")
    try await wait(for: "the import to follow") { try rules.read(file).contains("expr: avg(up)") }

    ruler.put("team-a/default/g", expression: "drifted")
    try await ruler.wait(for: "team-a/default/g", toBe: "max(up)")
    let port = try await informer.port(of: "informer", within: .seconds(30))
    #expect(try await HTTPProbe.request("GET", "/-/ready", port: port).text == "OK\n")
    #expect(try await informer.terminate() == .code(0))
  }

  @Test func anInvalidGroupHoldsUpNoOther() async throws {
    try rules.write(resource("sum(up", group: "bad"), to: "bad.yaml")
    try rules.write(resource("sum(up)"), to: "good.yaml")
    let informer = try start()
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")
    try await informer.errorLine(matching: "warning.*team-a-bad: InvalidGroup: ", within: .seconds(30))
    #expect(ruler.expression("team-a/default/bad") == nil)
  }

  @Test(arguments: [false, true])
  func whatIsGoneIsRemovedOnlyWhereThatIsAllowed(_ removes: Bool) async throws {
    try rules.write(resource("sum(up)"), to: "a.yaml")
    try rules.write(resource("sum(up)", group: "other"), to: "b.yaml")
    let informer = removes ? try start("--enable-updater-remove-rules") : try start()
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")
    try await ruler.wait(for: "team-a/default/other", toBe: "sum(up)")
    try FileManager.default.removeItem(at: rules.url.appending(path: "a.yaml"))
    if removes {
      try await ruler.wait(for: "team-a/default/g", toBe: nil)
    } else {
      // What comes later is written, and what is gone is still there then.
      try rules.write(resource("max(up)", group: "other"), to: "b.yaml")
      try await ruler.wait(for: "team-a/default/other", toBe: "max(up)")
      #expect(ruler.expression("team-a/default/g") == "sum(up)")
      #expect(try imports().isEmpty)
    }
    #expect(ruler.expression("team-a/default/other") != nil)
    #expect(try await informer.terminate() == .code(0))
  }

  /// The lease would last much longer than the test, and so would the wait for it to run out.
  @Test func theLeaseOfAKilledInformerIsFreeAtOnce() async throws {
    let election = [
      "--lease-duration-seconds", "3000", "--lease-renew-deadline-seconds", "2000", "--lease-retry-period-seconds",
      "0.5",
    ]
    let first = try ChildProcess(BuiltProduct.url("openmmt"), arguments(["--role", "informer"] + election))
    try await first.errorLine(matching: "this informer leads now", within: .seconds(30))
    // Elsewhere than on a disk of this host's own, locks prove nothing.
    guard try rules.read(".openmmt/open-metrics-informer.lease.json").contains("\"lock\"") else {
      try Test.cancel("the file system of temporary files may be several hosts'")
    }
    let second = try ChildProcess(BuiltProduct.url("openmmt"), arguments(["--role", "informer"] + election))
    try await second.errorLine(matching: "the informer that leads is", within: .seconds(30))
    first.signal(SIGKILL)
    try await second.errorLine(matching: "this informer leads now", within: .seconds(30))
    #expect(try await second.terminate() == .code(0))
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func aSecondInformerTakesOver(_ signal: CInt) async throws {
    try rules.write(resource("sum(up)"), to: "a.yaml")
    let election = [
      "--lease-duration-seconds", "3", "--lease-renew-deadline-seconds", "2", "--lease-retry-period-seconds", "0.5",
    ]
    let first = try ChildProcess(BuiltProduct.url("openmmt"), arguments(["--role", "informer"] + election))
    try await first.errorLine(matching: "this informer leads now", within: .seconds(30))
    let second = try ChildProcess(BuiltProduct.url("openmmt"), arguments(["--role", "informer"] + election))
    try await second.errorLine(matching: "the informer that leads is", within: .seconds(30))
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")
    #expect(!second.errorLines.contains { $0.contains("this informer leads now") })

    first.signal(signal)
    try await second.errorLine(matching: "this informer leads now", within: .seconds(30))
    try rules.write(resource("max(up)"), to: "a.yaml")
    try await ruler.wait(for: "team-a/default/g", toBe: "max(up)")
    #expect(try await second.terminate() == .code(0))
  }

  @Test func theProxyAllowsWhomTheResourcesName() async throws {
    try rules.write(resource("sum(up)"), to: "a.yaml")
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(
      ["--role", "proxy", "--rules-directory", rules.path, "--disable-full-replication"], upstream: upstream.url)
    _ = try await proxy.get("/-/ready") { $0.status == 200 }
    #expect(try await proxy.post(TestLoad(["team-a", "team-b"])).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["team-a"])
    try rules.write(resource("sum(up)", tenant: "team-b"), to: "b.yaml")
    _ = try await proxy.get("/metrics") {
      MetricsText($0.text).value(of: "open_metrics_proxy_allowed_tenants") == 2
    }
    #expect(try await proxy.post(TestLoad(["team-b"])).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["team-a", "team-b"])
  }

  @Test func aDiffSaysWhatWouldBeDoneAndDoesNothing() async throws {
    func diff() async throws -> ChildProcess {
      let process = try ChildProcess(
        BuiltProduct.url("openmmt"),
        [
          "diff", "--rules-directory", rules.path, "--ruler-upstream-url", ruler.url, "--distributor-upstream-url",
          ruler.url,
        ])
      try await process.waitForExit(within: .seconds(30))
      return process
    }
    try rules.write(resource("sum(up)"), to: "a.yaml")
    let different = try await diff()
    #expect(different.observed.value.status == .code(1))
    #expect(different.outputLines.contains { $0.contains("push default/g (NotInRuler)") }, "\(different.outputLines)")
    #expect(different.outputLines.contains { $0.contains("+ record a:b") })
    #expect(ruler.writes == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: rules.path) == ["a.yaml"])
    ruler.put("team-a/default/g", expression: "sum(up)")
    let same = try await diff()
    #expect(same.observed.value.status == .code(0))
    #expect(same.outputLines.contains("1 tenants are in step"))
  }

  @Test func aDryRunWritesNothing() async throws {
    try rules.write(resource("sum(up)"), to: "a.yaml")
    let informer = try start("--dry-run")
    try await informer.errorLine(matching: "dry run, nothing is written", within: .seconds(30))
    #expect(try await informer.terminate() == .code(0))
    #expect(ruler.writes == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: rules.path) == ["a.yaml"])
  }
}
