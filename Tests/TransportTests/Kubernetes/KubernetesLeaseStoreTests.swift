import Model
import TestSupport
import Testing

@testable import Transport

/// A Lease against a kube-apiserver in memory.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesLeaseStoreTests {
  private let id = ResourceID(namespace: "default", name: "l")
  private let server: FakeKubernetes
  private let running: RunningKubernetes

  init() async throws {
    server = try await FakeKubernetes.start()
    running = RunningKubernetes(server)
  }

  private func lease(_ holder: String = "pod-a", over version: String? = nil) -> Lease {
    Lease(
      holder: holder, duration: .seconds(15), acquired: 1_700_000_000.5, renewed: 1_700_000_001.25, transitions: 3,
      version: version)
  }

  private func store() -> KubernetesLeaseStore {
    KubernetesLeaseStore(client: running.client, namespace: id.namespace, name: id.name)
  }

  @Test func whatIsWrittenReadsBack() async throws {
    let store = self.store()
    #expect(try await store.read() == nil)
    let created = try await store.write(lease())
    #expect(try await store.read() == created)
    let renewed = try await store.write(lease("pod-b", over: created.version))
    #expect(renewed.version != created.version && renewed.holder == "pod-b")
    #expect(try await store.read() == renewed)
  }

  /// Time that others wrote is read whatever the number of its digits.
  @Test func whatOthersKeepInItStays() async throws {
    try server.apply(
      .lease, id,
      .object([
        ("metadata", .object([("labels", .texts(["team": "a"]))])),
        (
          "spec",
          .object([
            ("holderIdentity", .text("other")), ("leaseDurationSeconds", .number(20)), ("strategy", .text("Own")),
            ("renewTime", .text("2023-11-14T22:13:21.5Z")),
          ])
        ),
      ]), by: "kubectl")
    let store = self.store()
    let found = try #require(try await store.read())
    #expect(found.holder == "other" && found.duration == .seconds(20) && found.renewed == 1_700_000_001.5)
    _ = try await store.write(lease(over: found.version))
    let document = try server.document(.lease, id)
    #expect(document["metadata"]?["labels"]?["team"]?.text == "a")
    #expect(document["spec"]?["strategy"]?.text == "Own")
    #expect(document["spec"]?["holderIdentity"]?.text == "pod-a")
    #expect(document["spec"]?["renewTime"]?.text == "2023-11-14T22:13:21.250000Z")
  }

  @Test func nobodyWaitsForLongerThanADay() async throws {
    try server.apply(
      .lease, id, .object([("spec", .object([("leaseDurationSeconds", .number(Int.max))]))]), by: "kubectl")
    #expect(try await store().read()?.duration == .seconds(86400))
  }

  /// The holder counts on all of it.
  @Test func partsOfSecondsAreNotLost() async throws {
    var lease = self.lease()
    lease.duration = .seconds(15.4)
    let written = try await store().write(lease)
    #expect(written.duration == .seconds(16))
    #expect(try server.document(.lease, id)["spec"]?["leaseDurationSeconds"]?.text == "16")
  }

  @Test func whoIsSlowerHasLost() async throws {
    let first = store()
    let second = store()
    let created = try await first.write(lease())
    await #expect(throws: LeaseFailure.conflict) { try await second.write(lease("pod-b")) }
    _ = try await second.read()
    let taken = try await second.write(lease("pod-b", over: created.version))
    await #expect(throws: LeaseFailure.conflict) { try await first.write(lease(over: created.version)) }
    try server.delete(.lease, id)
    await #expect(throws: LeaseFailure.conflict, "it is another one by now: none") {
      try await second.write(lease("pod-b", over: taken.version))
    }
    #expect(try await second.read() == nil)
  }

  /// Where there is no namespace for it, nobody was faster: it must not be tried again as fast as it can be.
  @Test(arguments: [(404, "NotFound"), (403, "Forbidden"), (500, "InternalError"), (401, "Unauthorized")])
  func aLeaseThatCannotBeCreatedIsNoRace(code: Int, reason: String) async throws {
    server.script { request in
      guard request.method == "POST" else { return nil }
      let body =
        #"{"kind":"Status","code":\#(code),"reason":"\#(reason)","message":"namespaces \"default\" not found"}"#
      return .answer(code, body: body)
    }
    let store = self.store()
    let failure = await #expect(throws: LeaseFailure.self) { try await store.write(lease()) }
    #expect(failure != .conflict)
    #expect(failure?.description.contains("namespaces \"default\" not found") == true)
  }
}
