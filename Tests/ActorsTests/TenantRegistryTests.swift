import InMemoryLogging
import Logging
import Model
import Testing

@testable import Actors

@Suite struct TenantRegistryTests {
  private let readiness = Readiness()
  private let log = InMemoryLogHandler()
  private let routing = RoutingTableCell(RoutingTable(policy: TenancyPolicy(hasTenantSources: true)))

  /// Lets a registry hear these updates, and returns when it has heard the last.
  private func hear(
    _ updates: [TenantSet], allowed: Set<TenantID>? = nil, expecting sources: [String] = []
  ) async {
    let (stream, continuation) = AsyncStream.makeStream(of: TenantSet.self)
    let registry = TenantRegistry(
      policy: TenancyPolicy(allowedTenants: allowed, hasTenantSources: true), updates: stream,
      expectedSources: sources, routing: routing, readiness: readiness, logger: Logger(label: "test") { _ in log })
    for update in updates { continuation.yield(update) }
    continuation.finish()
    await registry.run()
  }

  private var allowed: [String]? { routing.current.allowedTenants?.map(\.name).sorted() }

  private func set(_ source: String, _ names: String...) -> TenantSet {
    TenantSet(source: source, names: Set(names))
  }

  // MARK: The table

  @Test func theSourcesAreUnited() async throws {
    await hear([set("kubernetes", "a", "b"), set("files", "b", "c")], allowed: [try TenantID("d")])
    #expect(allowed == ["a", "b", "c", "d"])
  }

  @Test func aSnapshotReplacesTheOneBefore() async {
    await hear([set("kubernetes", "a", "b"), set("files", "b"), set("kubernetes", "c")])
    #expect(allowed == ["b", "c"])
  }

  @Test func aSourceMayAllowNobody() async {
    await hear([set("kubernetes", "a"), set("kubernetes")])
    #expect(allowed == [])
  }

  @Test func aTableIsPutInForceOnlyWhereItChanges() async {
    await hear([set("kubernetes", "a"), set("files", "a"), set("kubernetes", "a"), set("kubernetes")])
    #expect(log.entries.map(\.message) == ["allowed tenants: 1"])
    #expect(allowed == ["a"])
  }

  // MARK: Names that are none

  @Test func anInvalidNameIsLoggedOnceAndHoldsNobodyUp() async {
    await hear([set("kubernetes", "a/b", "a"), set("kubernetes", "a/b", "b"), set("kubernetes", "a/b", "b")])
    let warnings = log.entries.filter { $0.level == .warning }
    #expect(
      warnings.map(\.message) == [
        "kubernetes names a tenant that cannot be one: tenant ID 'a/b' contains unsupported character '/'"
      ])
    #expect(allowed == ["b"])
  }

  /// Whoever brings it back is told again, and so is every source.
  @Test func anInvalidNameThatComesBackIsLoggedAgain() async {
    await hear([set("kubernetes", ""), set("kubernetes"), set("kubernetes", ""), set("files", "")])
    #expect(log.entries.filter { $0.level == .warning }.count == 3)
  }

  // MARK: Readiness

  @Test func routingIsKnownWhenAllExpectedSourcesSpoke() async {
    let sources = ["kubernetes", "files"]
    await hear([], expecting: sources)
    #expect(readiness.obstacles == ["routing: no list of tenants yet from kubernetes, files"])
    await hear([set("kubernetes", "a"), set("other", "b")], expecting: sources)
    #expect(readiness.obstacles == ["routing: no list of tenants yet from files"])
    await hear([set("kubernetes", "a"), set("files")], expecting: sources)
    #expect(readiness.obstacles.isEmpty)
  }

  @Test func withoutSourcesRoutingIsKnownFromTheStart() async {
    await hear([])
    #expect(readiness.obstacles.isEmpty)
  }

  @Test func itEndsWithItsTask() async {
    let (stream, continuation) = AsyncStream.makeStream(of: TenantSet.self)
    let registry = TenantRegistry(
      policy: TenancyPolicy(), updates: stream, expectedSources: [], routing: routing, readiness: readiness,
      logger: Logger(label: "test") { _ in log })
    let work = Task { await registry.run() }
    work.cancel()
    await work.value
    continuation.finish()
  }
}
