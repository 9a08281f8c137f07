import Model
import TestSupport
import Testing

@testable import Transport

/// The requests that a real kube-apiserver was sent, and what it answered.
@Suite(.timeLimit(.minutes(2)))
struct RecordedKubernetesTests {
  private let id = ResourceID(namespace: "default", name: "open-metrics-test")

  /// Runs against the recorded answers, and expects the recorded requests.
  private func replay<Result>(
    _ names: String..., pageLength: Int = 500, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (KubernetesClient) async throws -> Result
  ) async throws -> Result {
    let server = try await ReplayedKubernetes.start(names)
    let running = RunningKubernetes(url: server.url) { $0.pageLength = pageLength }
    let result = try await body(running.client)
    try server.expectRecordedRequests(sourceLocation: sourceLocation)
    return result
  }

  private func recordedBody(_ name: String) throws -> DocumentNode {
    try JSONReader.read(try RecordedExchange(name, of: "kubernetes").requestBody)
  }

  /// How a request failed.
  private func failure<Result>(_ body: () async throws(KubernetesFailure) -> Result) async -> KubernetesFailure? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error
    }
  }

  private func list(_ client: KubernetesClient, in namespace: String? = "default") async throws -> ([String], String) {
    let listing = try await NamespaceReflector.list(by: client, in: namespace, "")
    #expect(listing.faults.isEmpty)
    return (listing.items.keys.sorted().map(\.name), listing.version)
  }

  // MARK: Lists

  @Test func aList() async throws {
    let listing = try await replay("list") { try await NamespaceReflector.list(by: $0, in: "default", "") }
    let rule = try #require(listing.items[id])
    #expect(listing.items.count == 1 && listing.version == "415")
    #expect(rule.uid == "f464a3da-6db4-4fc8-ad81-260c8cd79579" && rule.resourceVersion == "415" && rule.generation == 1)
    #expect(rule.tenants == ["backoffice", "frontend"])
    #expect(rule.groups.map(\.name) == ["open_metrics_rule_record_v0", "open_metrics_rule_alert_v0"])
    #expect(!rule.isWhollyOurs)
  }

  @Test func aListOfNothing() async throws {
    let (names, version) = try await replay("list-empty") { try await list($0) }
    #expect(names.isEmpty && version == "414")
  }

  @Test func aListOfAllNamespaces() async throws {
    let (names, _) = try await replay("list-all-namespaces") { try await list($0, in: nil) }
    #expect(names == ["open-metrics-test", "page-0", "page-1", "page-2"])
  }

  @Test func aListInPages() async throws {
    let (names, version) = try await replay("list-page-1", "list-page-2", pageLength: 2) {
      try await list($0)
    }
    #expect(names == ["open-metrics-test", "page-0", "page-1", "page-2"])
    #expect(version == "418")
  }

  @Test func aListByLabels() async throws {
    let server = try await ReplayedKubernetes.start(["list-label-selector"])
    let running = RunningKubernetes(url: server.url)
    _ = try await NamespaceReflector.list(by: running.client, in: "default", "team=payments")
    #expect(
      server.server.requests.map(\.target) == [
        "/apis/open-metrics.vgs.io/v1/namespaces/default/openmetricsrules?limit=500&labelSelector=team%3Dpayments"
      ])
  }

  @Test func aListThatIsRefused() async throws {
    let server = try await ReplayedKubernetes.start(["forbidden-401", "forbidden-401"])
    let running = RunningKubernetes(url: server.url)
    let failure = await failure { () throws(KubernetesFailure) in
      try await NamespaceReflector.list(by: running.client, in: "default", "")
    }
    #expect(failure?.kind == .unauthorized)
    #expect(
      failure?.message == """
        list openmetricsrules in namespace default: the server does not accept the credentials: Unauthorized
        """)
    #expect(server.server.requests.count == 2)
  }

  // MARK: One resource

  @Test func whatIsThereAndWhatIsNot() async throws {
    let document = try await replay("get") { try await $0.get(.openMetricsRule, id) }
    #expect(document["metadata"]?["resourceVersion"]?.text == "415")
    let missing = try await replay("get-404") { client in
      await failure { () throws(KubernetesFailure) in
        try await client.get(.openMetricsRule, ResourceID(namespace: "default", name: "nope"))
      }
    }
    #expect(missing?.kind == .notFound)
    #expect(missing?.message.contains("openmetricsrules.open-metrics.vgs.io \"nope\" not found") == true)
  }

  @Test func aStatusMovesTheVersionAndNotTheGeneration() async throws {
    let document = try await replay("get-after-status") { try await $0.get(.openMetricsRule, id) }
    let rule = try OpenMetricsRule(document: document)
    #expect(rule.generation == 1 && rule.resourceVersion == "419")
    #expect(rule.status?.rulerUpdated == true && rule.status?.observedGeneration == 1)
    #expect(!rule.isWhollyOurs)
  }

  @Test func creating() async throws {
    let body = try recordedBody("create")
    let document = try await replay("create") { try await $0.create(.openMetricsRule, in: "default", body) }
    #expect(try OpenMetricsRule(document: document).resourceVersion == "415")
    let exists = try await replay("create-conflict-409") { client in
      await failure { () throws(KubernetesFailure) in try await client.create(.openMetricsRule, in: "default", body) }
    }
    #expect(exists?.kind == .exists)
    let badBody = try recordedBody("create-invalid-422")
    let invalid = try await replay("create-invalid-422") { client in
      await failure { () throws(KubernetesFailure) in try await client.create(.openMetricsRule, in: "default", badBody)
      }
    }
    #expect(invalid?.kind == .invalid)
    #expect(invalid?.message.contains("spec.groups[0].name: Required value") == true)
  }

  @Test func replacingWhatIsNotTheNewestAnyMore() async throws {
    let body = try recordedBody("update-stale-409")
    let stale = try await replay("update-stale-409") { client in
      await failure { () throws(KubernetesFailure) in
        try await client.replace(.openMetricsRule, ResourceID(namespace: "default", name: "page-1"), body)
      }
    }
    #expect(stale?.kind == .conflict)
  }

  @Test func deleting() async throws {
    let id = ResourceID(namespace: "default", name: "page-2")
    try await replay("delete") { try await $0.delete(.openMetricsRule, id) }
    let missing = try await replay("delete-404") { client in
      await failure { () throws(KubernetesFailure) in try await client.delete(.openMetricsRule, id) }
    }
    #expect(missing?.kind == .notFound)
  }

  @Test func merging() async throws {
    let body = try recordedBody("merge-patch")
    try await replay("merge-patch") {
      try await $0.merge(.openMetricsRule, ResourceID(namespace: "default", name: "page-0"), body)
    }
  }

  // MARK: Applying

  @Test func applyingWhatIsNew() async throws {
    let body = try recordedBody("apply-create-201")
    let (document, isNew) = try await replay("apply-create-201") {
      try await $0.apply(
        .openMetricsRule, ResourceID(namespace: "default", name: "applied-new"), as: "openmetricsrule", force: true,
        body)
    }
    #expect(isNew)
    #expect(try OpenMetricsRule(document: document).uid == "9feeb2f6-1746-451c-bad4-0e35ad5c3a66")
  }

  @Test func applyingWhatIsSomebodyElses() async throws {
    let body = try recordedBody("apply-conflict-409")
    let conflict = try await replay("apply-conflict-409") { client in
      await failure { () throws(KubernetesFailure) in
        try await client.apply(.openMetricsRule, id, as: "openmetricsrule", force: false, body)
      }
    }
    #expect(conflict?.kind == .conflict)
    #expect(conflict?.message.contains("conflicts with \"unknown\"") == true)
  }

  @Test func applyingAStatus() async throws {
    let body = try recordedBody("status-apply")
    let (document, isNew) = try await replay("status-apply") {
      try await $0.apply(.openMetricsRule, id, subresource: "status", as: "openmetricsrule", force: true, body)
    }
    #expect(!isNew)
    #expect(try OpenMetricsRule(document: document).generation == 1)
  }

  // MARK: Watches

  private func watch(
    _ client: KubernetesClient, from version: String, seconds: Int
  ) async -> (events: [WatchEvent], ending: WatchEnding) {
    var events: [WatchEvent] = []
    let ending = await client.watch(.openMetricsRule, in: "default", from: version, seconds: seconds) {
      (batch) throws(DocumentError) in events += batch
    }
    return (events, ending)
  }

  @Test func aWatch() async throws {
    let (events, ending) = try await replay("watch-events") { await watch($0, from: "421", seconds: 75) }
    #expect(ending == .closed)
    let types = events.map { event in
      switch event {
      case .added(let object): "added \(object["metadata"]?["resourceVersion"]?.text ?? "")"
      case .modified(let object): "modified \(object["metadata"]?["resourceVersion"]?.text ?? "")"
      case .deleted(let object): "deleted \(object["metadata"]?["resourceVersion"]?.text ?? "")"
      case .bookmark(let version): "bookmark \(version)"
      case .error: "error"
      }
    }
    #expect(types == ["added 422", "modified 423", "deleted 424", "bookmark 424"])
  }

  @Test(
    arguments: [
      ("watch-gone-410", .gone, "too old resource version: 1 (414)"),
      ("watch-list-unsupported-500", .server, "a watch stream was requested by the client"),
    ] as [(String, KubernetesFailure.Kind, String)])
  func aWatchThatEndsWithAnError(name: String, kind: KubernetesFailure.Kind, message: String) async throws {
    let server = try await ReplayedKubernetes.start([name])
    let running = RunningKubernetes(url: server.url)
    let (events, ending) = await watch(running.client, from: "1", seconds: 5)
    #expect(events.isEmpty)
    guard case .failed(let failure) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(failure.kind == kind)
    #expect(failure.message.contains(message))
  }

  // MARK: Leases

  private func lease(renewed: Double = 1_795_420_800, version: String? = nil) -> Lease {
    Lease(
      holder: "pod-a", duration: .seconds(15), acquired: 1_795_420_800, renewed: renewed, transitions: 0,
      version: version)
  }

  private func store(_ client: KubernetesClient) -> KubernetesLeaseStore {
    KubernetesLeaseStore(client: client, namespace: "default", name: "open-metrics-informer")
  }

  @Test func aLeaseThatIsNotThere() async throws {
    let lease = try await replay("lease-get-404") { try await store($0).read() }
    #expect(lease == nil)
  }

  @Test func aLeaseIsCreatedAndRenewed() async throws {
    let (created, renewed) = try await replay("lease-create", "lease-renew") { client in
      let store = store(client)
      let created = try await store.write(lease())
      return (created, try await store.write(lease(renewed: 1_795_420_810, version: created.version)))
    }
    #expect(created == lease(version: "444"))
    #expect(renewed == lease(renewed: 1_795_420_810, version: "445"))
  }

  @Test func aLeaseThatSomebodyElseHas() async throws {
    await #expect(throws: LeaseFailure.conflict) {
      try await replay("lease-create-409") { try await store($0).write(lease()) }
    }
    await #expect(throws: LeaseFailure.conflict) {
      try await replay("lease-create", "lease-renew-stale-409") { client in
        let store = store(client)
        _ = try await store.write(lease())
        return try await store.write(lease(renewed: 1_795_420_810, version: "444"))
      }
    }
  }

  // MARK: Events

  @Test func anEvent() async throws {
    let server = try await ReplayedKubernetes.start(["event-create"])
    let time = ManualTime(secondsSince1970: 1_795_420_800)
    let running = RunningKubernetes(url: server.url, time: time)
    let recorder = EventRecorder(client: running.client, instance: "pod-a", backlog: 10, logger: .silent)
    recorder.record(
      RuleEvent(
        .warning, reason: "RuleInvalid", note: "group g: rule 1: parse error", about: id,
        uid: "f464a3da-6db4-4fc8-ad81-260c8cd79579", resourceVersion: "419"))
    let recording = Task { await recorder.run() }
    try await server.server.requests(count: 1)
    recording.cancel()
    await recording.value
    try server.expectRecordedRequests()
  }
}
