import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct StatusBookTests {
  private let world = SyncWorld()
  private let acme: TenantID
  private let other: TenantID

  init() throws {
    (acme, other) = (try TenantID("acme"), try TenantID("other"))
  }

  private func entries(_ book: inout StatusBook, _ informer: TestInformer) -> [StatusBook.Entry] {
    guard let view = informer.watch.views.newest else { return [] }
    return book.entries(for: [acme, other], in: view, now: 1) { informer.sync.memory.record(of: $0) }
  }

  /// The status of a resource whose group was pushed, written as far as the book knows.
  private func firstEntry(_ book: inout StatusBook, _ informer: TestInformer) async throws -> StatusBook.Entry {
    world.store.apply(SyncTerms.resource("one", SyncTerms.group("cpu")))
    await informer.pass(.updater, over: acme)
    let entry = try #require(entries(&book, informer).first)
    book.wrote(entry)
    return entry
  }

  /// A status that is made before all tenants were looked at would tell of what was.
  @Test func aStatusWaitsForAllTenants() async {
    let informer = TestInformer(in: world)
    var book = StatusBook()
    world.store.apply(SyncTerms.resource("one", tenants: ["acme", "other"], SyncTerms.group("cpu")))
    await informer.pass(.updater, over: acme)
    #expect(entries(&book, informer).isEmpty)
    await informer.pass(.updater, over: other)
    let first = entries(&book, informer)
    #expect(first.map(\.status.rulerUpdated) == [true])
    world.store.apply(SyncTerms.resource("one", tenants: ["acme", "other"], SyncTerms.group("cpu", "down")))
    await informer.watch.take(world.store.snapshot)
    #expect(entries(&book, informer).isEmpty, "what was written is of the generation before")
    for tenant in [acme, other] { await informer.pass(.updater, over: tenant) }
    #expect(entries(&book, informer).map(\.status.observedGeneration) == [2])
  }

  @Test func whatWasWrittenIsNotWrittenAgain() async throws {
    let informer = TestInformer(in: world)
    var book = StatusBook()
    let entry = try await firstEntry(&book, informer)
    #expect(entries(&book, informer).isEmpty, "before the watch tells of it")
    try await informer.ports.store.writeStatus(entry.status, of: entry.rule)
    await informer.watch.take(world.store.snapshot)
    #expect(entries(&book, informer).isEmpty)
  }

  @Test func aStatusThatSomebodyElseChangedIsMended() async throws {
    let informer = TestInformer(in: world)
    var book = StatusBook()
    let entry = try await firstEntry(&book, informer)
    try await informer.ports.store.writeStatus(entry.status, of: entry.rule)
    await informer.watch.take(world.store.snapshot)
    _ = entries(&book, informer)
    try await informer.ports.store.writeStatus(RuleStatus(), of: entry.rule)
    await informer.watch.take(world.store.snapshot)
    #expect(entries(&book, informer).map(\.status.rulerUpdated) == [true])
  }
}
