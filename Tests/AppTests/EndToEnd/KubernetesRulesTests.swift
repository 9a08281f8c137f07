import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// The program with Kubernetes and a ruler.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct KubernetesRulesTests {
  private static let election = [
    "--lease-duration-seconds", "3", "--lease-renew-deadline-seconds", "2", "--lease-retry-period-seconds", "0.5",
  ]

  private let kubernetes: FakeKubernetes
  private let ruler: RulerStandIn
  private let directory: TemporaryDirectory
  private let kubeconfig: String

  init() async throws {
    directory = try TemporaryDirectory()
    kubernetes = try await FakeKubernetes.start()
    ruler = try await RulerStandIn.start()
    kubeconfig = try kubernetes.writeKubeconfig(in: directory.url)
  }

  private func informer(_ others: [String] = []) throws -> ChildProcess {
    try ChildProcess(
      BuiltProduct.url("openmmt"),
      [
        "--role", "informer", "--port", "0", "--kubeconfig", kubeconfig, "--ruler-upstream-url", ruler.url,
        "--distributor-upstream-url", ruler.url, "--tracker-poll-interval-seconds", "1",
        "--updater-poll-interval-seconds", "1",
      ] + others)
  }

  private func rule(
    _ name: String, _ expression: String, tenant: String = "team-a", namespace: String = "default"
  ) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: namespace, name: name), tenants: [tenant],
      groups: [.group(RuleGroup(name: "g", rules: [Rule(record: "a:\(namespace)", expression: expression)]))])
  }

  @Test func aResourceReachesTheRulerAndSaysSo() async throws {
    let informer = try informer()
    try await informer.errorLine(matching: "this informer leads now", within: .seconds(30))
    _ = try kubernetes.apply(rule("r", "sum(up)"))
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")
    let id = ResourceID(namespace: "default", name: "r")
    try await kubernetes.wait(for: "the status", within: .seconds(30)) { $0[id]?.status?.rulerUpdated == true }
    #expect(kubernetes.documents(.lease).count == 1)
    #expect(!kubernetes.documents(.configMap).isEmpty)

    ruler.put("team-a/default/h", expression: "min(up)")
    try await kubernetes.wait(for: "the import", within: .seconds(30)) { rules in
      rules.values.contains { $0.description == OpenMetricsRule.importedDescription }
    }
    #expect(try await informer.terminate() == .code(0))
  }

  /// What is imported has the labels that resources are watched by, and goes on following the ruler.
  @Test func importsAreSelected() async throws {
    let informer = try informer(["--resource-selector", "team=a,stage!=test", "--tenants", "team-a"])
    try await informer.errorLine(matching: "this informer leads now", within: .seconds(30))
    for expression in ["min(up)", "max(up)"] {
      ruler.put("team-a/default/h", expression: expression)
      let rules = try await kubernetes.wait(for: "the import of \(expression)", within: .seconds(30)) { rules in
        rules.values.contains { rule in
          guard case .group(let group)? = rule.groups.first else { return false }
          return group.rules.map(\.expression) == [expression] && rule.status?.rulerUpdated == true
        }
      }
      #expect(rules.values.map(\.labels) == [["team": "a"]])
    }
    #expect(try await informer.terminate() == .code(0))
  }

  @Test func whoWatchesLessRemovesNothingOfTheRest() async throws {
    let wide = try informer(["--enable-updater-remove-rules", "--informer-namespace", "default,other"])
    try await wide.errorLine(matching: "this informer leads now", within: .seconds(30))
    for namespace in ["default", "other"] { _ = try kubernetes.apply(rule("r", "sum(up)", namespace: namespace)) }
    try await kubernetes.wait(for: "both statuses", within: .seconds(30)) { rules in
      rules.values.count { $0.status?.rulerUpdated == true } == 2
    }
    #expect(try await wide.terminate() == .code(0))

    let narrow = try informer(["--enable-updater-remove-rules"])
    try await narrow.errorLine(matching: "this informer leads now", within: .seconds(30))
    try kubernetes.delete(.openMetricsRule, ResourceID(namespace: "default", name: "r"))
    try await ruler.wait(for: "team-a/default/g", toBe: nil)
    try await ruler.wait(for: "team-a/other/g", toBe: "sum(up)")
    #expect(try await narrow.terminate() == .code(0))
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func aSecondInformerTakesOver(_ signal: CInt) async throws {
    let first = try informer(Self.election)
    try await first.errorLine(matching: "this informer leads now", within: .seconds(30))
    let second = try informer(Self.election)
    try await second.errorLine(matching: "the informer that leads is", within: .seconds(30))
    _ = try kubernetes.apply(rule("r", "sum(up)"))
    try await ruler.wait(for: "team-a/default/g", toBe: "sum(up)")
    first.signal(signal)
    try await second.errorLine(matching: "this informer leads now", within: .seconds(30))
    _ = try kubernetes.apply(rule("r", "max(up)"))
    try await ruler.wait(for: "team-a/default/g", toBe: "max(up)")
    #expect(try await second.terminate() == .code(0))
  }

  /// The allow list follows the resources, and outlives a start without Kubernetes.
  @Test func theProxyAllowsWhomTheResourcesName() async throws {
    let upstream = try await ScriptedUpstream.start()
    _ = try kubernetes.apply(rule("r", "sum(up)"))
    let arguments = [
      "--role", "proxy", "--kubeconfig", kubeconfig, "--kubernetes-poll-interval-seconds", "60",
      "--state-directory", directory.path, "--disable-full-replication",
    ]
    let proxy = try await ProxyProcess.start(arguments, upstream: upstream.url)
    _ = try await proxy.get("/-/ready") { $0.status == 200 }
    #expect(try await proxy.post(TestLoad(["team-a", "team-b"])).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["team-a"])
    _ = try kubernetes.apply(rule("s", "sum(up)", tenant: "team-b"))
    _ = try await proxy.get("/metrics") {
      MetricsText($0.text).value(of: "open_metrics_proxy_allowed_tenants") == 2
    }
    #expect(try await proxy.process.terminate() == .code(0))

    try await kubernetes.stop()
    let again = try await ProxyProcess.start(arguments, upstream: upstream.url)
    _ = try await again.get("/-/ready") { $0.status == 200 }
    #expect(try await again.post(TestLoad(["team-b", "team-c"])).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["team-a", "team-b"])
  }

  @Test func withoutKubernetesItSaysWhatIsMissing() async throws {
    let process = try ChildProcess(
      BuiltProduct.url("openmmt"), ["--role", "informer", "--port", "0", "--kubeconfig", "/no/such"])
    #expect(try await process.waitForExit(within: .seconds(30)) == .code(2))
    #expect(process.errorLines.count == 1, "\(process.errorLines)")
    #expect(process.errorLines.first?.hasPrefix("error: /no/such") == true, "\(process.errorLines)")
  }
}
