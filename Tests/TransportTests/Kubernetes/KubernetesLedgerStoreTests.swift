import Model
import TestSupport
import Testing

@testable import Transport

/// Ledgers in ConfigMaps, against a kube-apiserver in memory.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesLedgerStoreTests {
  /// So many groups take two ConfigMaps, and so many four.
  private static let large = 12_000
  private static let veryLarge = 20_000

  private let server: FakeKubernetes
  private let running: RunningKubernetes
  private let tenant: TenantID

  init() async throws {
    server = try await FakeKubernetes.start()
    running = RunningKubernetes(server)
    tenant = try TenantID("acme")
  }

  private func store() -> KubernetesLedgerStore {
    KubernetesLedgerStore(client: running.client, namespace: "default")
  }

  private func id(_ part: Int = 0, of count: Int = 1) -> ResourceID {
    ResourceID(namespace: "default", name: LedgerCodec.name(of: tenant, part: part, count: count))
  }

  private func names() -> [String] {
    server.documents(.configMap).compactMap { $0["metadata"]?["name"]?.text }.sorted()
  }

  /// Why a ledger was not saved.
  private func refusal(
    _ store: KubernetesLedgerStore, _ ledger: Ledger, over version: String?
  ) async -> LedgerFailure? {
    do {
      _ = try await store.save(ledger, of: tenant, over: version)
      return nil
    } catch {
      return error
    }
  }

  /// Why a ledger was not loaded.
  private func loss(_ store: KubernetesLedgerStore) async -> LedgerFailure? {
    do {
      _ = try await store.load(tenant)
      return nil
    } catch {
      return error
    }
  }

  @Test func whatIsWrittenReadsBack() async throws {
    let store = store()
    #expect(try await store.load(tenant).version == nil)
    #expect(try await store.tenants().isEmpty)
    let version = try await store.save(Ledger.groups(3), of: tenant, over: nil)
    let loaded = try await store.load(tenant)
    #expect(loaded.ledger == Ledger.groups(3) && loaded.version == version)
    let next = try await store.save(Ledger.groups(2), of: tenant, over: version)
    #expect(try await self.store().load(tenant).ledger == Ledger.groups(2))
    #expect(next != version)
    #expect(names() == [id().name])
  }

  /// Tenants have names that labels may not have.
  @Test func everyTenantIsFound() async throws {
    let store = store()
    let tenants = try ["acme", "a.b(c)*'!_-", "0", String(repeating: "x", count: 150)].map { try TenantID($0) }
    for tenant in tenants { _ = try await store.save(Ledger.groups(1), of: tenant, over: nil) }
    try server.apply(
      .configMap, ResourceID(namespace: "default", name: "other"), .object([("data", .texts(["a": "b"]))]),
      by: "kubectl")
    #expect(try await store.tenants() == Set(tenants))
  }

  /// A ConfigMap holds 1 MiB.
  @Test func aLargeLedgerIsSharded() async throws {
    let store = store()
    let version = try await store.save(Ledger.groups(Self.large), of: tenant, over: nil)
    #expect(names() == [id().name, id(1, of: 2).name])
    for map in server.documents(.configMap) {
      #expect(try #require(map["data"]?["ledger.json"]?.text).utf8.count <= 1_000_000)
    }
    #expect(try await store.tenants() == [tenant])
    let loaded = try await self.store().load(tenant)
    #expect(loaded.ledger == Ledger.groups(Self.large) && loaded.version == version)
  }

  @Test func partsThatAreTooManyGo() async throws {
    let store = store()
    var version = try await store.save(Ledger.groups(Self.large), of: tenant, over: nil)
    version = try await store.save(Ledger.groups(Self.veryLarge), of: tenant, over: version)
    #expect(names() == ([id().name] + (1..<4).map { id($0, of: 4).name }).sorted())
    #expect(try await store.load(tenant).ledger == Ledger.groups(Self.veryLarge))
    // Another process, which has not written them itself.
    let other = self.store()
    version = try #require(try await other.load(tenant).version)
    _ = try await other.save(Ledger.groups(1), of: tenant, over: version)
    #expect(names() == [id().name])
    #expect(try await store.load(tenant).ledger == Ledger.groups(1))
  }

  // MARK: Fences

  @Test(arguments: [1, large]) func whoIsNotTheNewestIsRefused(count: Int) async throws {
    let old = store()
    let first = try await old.save(Ledger.groups(count), of: tenant, over: nil)
    let new = store()
    let second = try await new.save(Ledger.groups(count, agreed: 6), of: tenant, over: first)
    let requests = server.requests.count
    #expect(await refusal(old, Ledger.groups(count, agreed: 7), over: first) == .conflict)
    #expect(await refusal(old, Ledger.groups(count, agreed: 7), over: nil) == .conflict)
    // Nor did it write any other part.
    #expect(server.requests.dropFirst(requests).allSatisfy { $0.method != "PATCH" })
    let loaded = try await new.load(tenant)
    #expect(loaded.ledger == Ledger.groups(count, agreed: 6) && loaded.version == second)
  }

  /// Somebody is faster between the look at the fence and the write of the first part.
  @Test func theFirstPartIsTheFence() async throws {
    let old = store()
    let first = try await old.save(Ledger.groups(Self.large), of: tenant, over: nil)
    let id = id()
    server.script { [server] request in
      if request.method == "PUT" {
        try? server.apply(.configMap, id, .object([("metadata", .object([("labels", .texts(["a": "b"]))]))]), by: "x")
      }
      return nil
    }
    #expect(await refusal(old, Ledger.groups(Self.large, agreed: 7), over: first) == .conflict)
  }

  @Test func aLedgerThatIsGoneIsNotWrittenOver() async throws {
    let store = store()
    let version = try await store.save(Ledger.groups(1), of: tenant, over: nil)
    try server.delete(.configMap, id())
    #expect(await refusal(store, Ledger.groups(2), over: version) == .conflict)
    #expect(try await store.load(tenant).version == nil)
  }

  /// Where there is no namespace for it, nobody was faster.
  @Test func aLedgerThatCannotBeCreatedIsNoRace() async throws {
    server.script { request in
      request.method == "POST"
        ? .answer(404, body: #"{"kind":"Status","code":404,"message":"namespaces \"default\" not found"}"#) : nil
    }
    guard case .store(let message) = await refusal(store(), Ledger.groups(1), over: nil) else {
      Issue.record("it is a race")
      return
    }
    #expect(message.contains("namespaces \"default\" not found"))
  }

  // MARK: What goes wrong

  @Test func aLostPartIsSaidAndNotTakenForNoGroups() async throws {
    let store = store()
    let version = try await store.save(Ledger.groups(Self.large), of: tenant, over: nil)
    try server.delete(.configMap, id(1, of: 2))
    #expect(await loss(store) == .corrupt("part 1 of 2 is missing"))
    // Writing it anew mends it.
    _ = try await store.save(Ledger.groups(Self.large), of: tenant, over: version)
    #expect(try await store.load(tenant).ledger == Ledger.groups(Self.large))
  }

  /// A part that goes because there is a newer ledger is no loss.
  @Test func aLedgerThatIsWrittenWhileItIsReadIsReadAgain() async throws {
    let store = store()
    let version = try await store.save(Ledger.groups(Self.large), of: tenant, over: nil)
    let part = id(1, of: 2)
    let first = id()
    server.script { [server] request in
      if request.method == "GET", request.target.hasSuffix(part.name) {
        try? server.delete(.configMap, part)
        try? server.apply(
          .configMap, first, .object([("metadata", .object([("labels", .texts(["a": "b"]))]))]), by: "x")
      }
      return nil
    }
    #expect(
      await loss(store) == .store("it was written while it was read"))
    #expect(!version.isEmpty)
  }

  @Test(
    arguments: [
      .object([]), .object([("data", .texts(["other": "x"]))]), .object([("data", .texts(["ledger.json": "{"]))]),
      .object([("data", .texts(["ledger.json": "{}"]))]),
    ] as [DocumentNode])
  func whatIsNoLedgerIsCorrupt(document: DocumentNode) async throws {
    try server.apply(.configMap, id(), document, by: "kubectl")
    guard case .corrupt = await loss(store()) else {
      Issue.record("it is no ledger")
      return
    }
    #expect(await refusal(store(), Ledger.groups(1), over: nil) == .conflict)
  }

  @Test func aServerThatFailsIsSaid() async throws {
    server.script { _ in .answer(503, body: "no") }
    for failure in [
      await loss(store()),
      await refusal(store(), Ledger.groups(Self.large), over: "1"),
      await #expect(throws: LedgerFailure.self) { try await store().tenants() },
    ] {
      guard case .store(let message) = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(message.contains("503"))
    }
  }
}
