import Model
import TestSupport
import Testing

@testable import Transport

/// Lists, which are whole or have failed.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesListTests {
  private func rule(_ name: String, tenant: String = "acme") -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: "default", name: name), tenants: [tenant],
      groups: [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "up")]))])
  }

  private func list(
    _ running: RunningKubernetes, in namespace: String? = "default", _ selector: String = ""
  ) async throws -> ResourceListing<OpenMetricsRule> {
    try await NamespaceReflector.list(by: running.client, in: namespace, selector)
  }

  private func pages(_ server: FakeKubernetes) -> [String] {
    server.requests.map { String($0.target.drop { $0 != "?" }) }
  }

  @Test func pagesAreAskedForUntilThereAreNoMore() async throws {
    let server = try await FakeKubernetes.start()
    for number in 0..<7 { try server.apply(rule("r\(number)")) }
    let running = RunningKubernetes(server) { $0.pageLength = 3 }
    let listing = try await list(running)
    #expect(listing.items.count == 7)
    #expect(pages(server) == ["?limit=3", "?limit=3&continue=407-3", "?limit=3&continue=407-6"])
    #expect(listing.version == "407")
  }

  @Test func aPageThatIsGoneMakesOneListOfAll() async throws {
    let server = try await FakeKubernetes.start()
    for number in 0..<7 { try server.apply(rule("r\(number)")) }
    let running = RunningKubernetes(server) { $0.pageLength = 3 }
    server.script { request in
      if request.target.contains("continue=407-3") { server.compact() }
      return nil
    }
    let listing = try await list(running)
    #expect(listing.items.count == 7)
    #expect(pages(server) == ["?limit=3", "?limit=3&continue=407-3", ""])
    #expect(listing.version == "408")
  }

  @Test func aFirstPageThatIsGoneIsAFailure() async throws {
    let server = try await FakeKubernetes.start()
    server.script { _ in
      .answer(410, body: #"{"kind":"Status","reason":"Expired","message":"too old","code":410}"#)
    }
    await #expect(throws: KubernetesFailure.self) { try await list(RunningKubernetes(server)) }
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [400, 403, 500])
  func aPageThatFailsFailsTheList(_ status: Int) async throws {
    let server = try await FakeKubernetes.start()
    for number in 0..<7 { try server.apply(rule("r\(number)")) }
    server.script { $0.target.contains("continue=407-6") ? .answer(status, body: "no") : nil }
    let running = RunningKubernetes(server) { $0.pageLength = 3 }
    await #expect(throws: KubernetesFailure.self) { try await list(running) }
  }

  @Test func aServerThatDoesNotGoOnIsNotAskedForEver() async throws {
    let server = try await FakeKubernetes.start()
    server.script { _ in .answer(200, body: #"{"metadata":{"resourceVersion":"5","continue":"x"},"items":[]}"#) }
    let running = RunningKubernetes(server)
    let failure = await #expect(throws: KubernetesFailure.self) { try await list(running) }
    #expect(failure?.kind == .unreadable)
    #expect(server.requests.count == 2)
  }

  /// A page may be empty where labels are asked for, and others follow.
  @Test func anEmptyPageIsNotTheLast() async throws {
    let server = try await FakeKubernetes.start()
    server.script { request in
      request.target.contains("continue=x")
        ? .answer(
          200,
          body: """
            {"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a","namespace":"default"},
            "spec":{"tenants":["x"]}}]}
            """)
        : .answer(200, body: #"{"metadata":{"resourceVersion":"5","continue":"x"},"items":[]}"#)
    }
    #expect(try await list(RunningKubernetes(server)).items.count == 1)
  }

  @Test func aListThatIsTooLongFails() async throws {
    let server = try await FakeKubernetes.start()
    for number in 0..<7 { try server.apply(rule("r\(number)")) }
    for configure in [
      { (limits: inout KubernetesLimits) in limits.pageLimit = 1000 },
      { (limits: inout KubernetesLimits) in limits.listLimit = 4000 },
    ] {
      let running = RunningKubernetes(server) {
        $0.pageLength = 3
        configure(&$0)
      }
      await #expect(throws: KubernetesFailure.self) { try await list(running) }
    }
  }

  @Test func namespacesAndLabelsAreTheServersBusiness() async throws {
    let server = try await FakeKubernetes.start()
    var other = rule("other")
    other.id.namespace = "team-b"
    other.labels = ["team": "b", "stage": "test"]
    try server.apply(other)
    try server.apply(rule("own"))
    let running = RunningKubernetes(server)
    #expect(try await list(running, in: nil).items.count == 2)
    #expect(try await list(running, in: "team-b").items.keys.map(\.name) == ["other"])
    #expect(try await list(running, in: nil, "team=b,stage!=prod").items.keys.map(\.name) == ["other"])
    #expect(pages(server).last == "?limit=500&labelSelector=team%3Db%2Cstage%21%3Dprod")
  }

  @Test func whatCannotBeReadHarmsNothingElse() async throws {
    let server = try await FakeKubernetes.start()
    server.script { _ in
      .answer(
        200,
        body: """
          {"metadata":{"resourceVersion":"5"},"items":[
            {"metadata":{"name":"good","namespace":"a"},"spec":{"tenants":["x"]}},
            {"metadata":{"namespace":"a"},"spec":{"tenants":["x"]}},
            {"metadata":{"name":"bad","namespace":"a"},"spec":{"tenants":["x"],"groups":[
              {"name":"g1","rules":[{"expr":"up","labels":"none"}]},{"name":"g2","rules":[]}]}},
            7]}
          """)
    }
    let listing = try await list(RunningKubernetes(server), in: nil)
    #expect(listing.items.keys.sorted().map(\.name) == ["bad", "good"])
    #expect(listing.faults.count == 2)
    let bad = try #require(listing.items[ResourceID(namespace: "a", name: "bad")])
    guard case .broken("g1", "spec.groups[0].rules[0].labels", _) = bad.groups[0], case .group = bad.groups[1] else {
      Issue.record("\(bad.groups)")
      return
    }
  }
}
