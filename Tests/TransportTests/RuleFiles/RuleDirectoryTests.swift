import Foundation
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@testable import Transport

@Suite struct RuleDirectoryTests {
  private let directory: TemporaryDirectory
  private let store: RuleDirectory

  init() throws {
    directory = try TemporaryDirectory()
    store = RuleDirectory(
      directory.path, reader: YAMLReader(), time: ImpatientTime(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func document(_ name: String, tenant: String = "a") -> String {
    "apiVersion: open-metrics.vgs.io/v1\nkind: OpenMetricsRule\nmetadata: {name: \(name)}\nspec: {tenants: [\(tenant)]}\n"
  }

  private func id(_ name: String) -> ResourceID { ResourceID(namespace: "default", name: name) }

  private var imported: OpenMetricsRule {
    OpenMetricsRule(
      id: id("new"), description: OpenMetricsRule.importedDescription, tenants: ["a"],
      groups: [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "up")]))])
  }

  @Test func everyDocumentOfEveryFileIsAResource() async throws {
    try directory.write(document("a") + "---\n" + document("b") + "---\n", to: "one.yaml")
    try directory.write(document("c"), to: "two.yml")
    try FileManager.default.createDirectory(
      at: directory.url.appending(path: "sub"), withIntermediateDirectories: true)
    try directory.write(document("d"), to: "sub/three.yaml")
    try directory.write(document("hidden"), to: ".hidden.yaml")
    try directory.write("text", to: "notes.txt")
    let snapshot = try await store.list()
    #expect(snapshot.resources.keys.sorted() == ["a", "b", "c", "d"].map(id))
    #expect(snapshot.faults.isEmpty)
    #expect(snapshot.resources.values.allSatisfy { !$0.isWhollyOurs && !$0.resourceVersion.isEmpty })
  }

  @Test(arguments: ["a: [", "kind: Pod\nmetadata: {name: x}\n", "- 1\n", "kind: OpenMetricsRule\n"])
  func whatIsNoResourceIsAFault(_ text: String) async throws {
    try directory.write(document("a"), to: "a.yaml")
    try directory.write(text, to: "b.yaml")
    let snapshot = try await store.list()
    #expect(snapshot.resources.keys.map(\.self) == [id("a")])
    #expect(snapshot.faults.count == 1)
    #expect(snapshot.faults.first?.hasPrefix("b.yaml: ") == true, "\(snapshot.faults)")
  }

  @Test func aResourceThatStandsTwiceIsAFault() async throws {
    try directory.write(document("a", tenant: "first"), to: "1.yaml")
    try directory.write(document("a", tenant: "second"), to: "2.yaml")
    let snapshot = try await store.list()
    #expect(snapshot.resources[id("a")]?.tenants == ["first"])
    #expect(snapshot.faults == ["2.yaml: default/a stands in 1.yaml, too"])
  }

  /// File systems keep both, as it happens where files come from several systems.
  @Test func filesWhoseNamesUnicodeCallsEqualAreTwo() async throws {
    for (name, resource) in [("\u{E9}.yaml", "a"), ("e\u{301}.yaml", "b")] {
      try AtomicFile.write(Array(document(resource).utf8), to: "\(directory.path)/\(name)")
    }
    let first = try await store.list()
    #expect(first.resources.keys.sorted() == [id("a"), id("b")])
    #expect(first.faults.isEmpty)
    #expect(unlink("\(directory.path)/e\u{301}.yaml") == 0)
    #expect(try await store.list().resources.keys.map(\.self) == [id("a")])
  }

  @Test func changesAreSeen() async throws {
    try directory.write(document("a"), to: "a.yaml")
    let first = try await store.list()
    #expect(try await store.list().revision == first.revision)
    try directory.write(document("a", tenant: "b"), to: "a.yaml")
    let second = try await store.list()
    #expect(second.revision > first.revision)
    #expect(second.resources[id("a")]?.tenants == ["b"])
    #expect(second.resources[id("a")]?.resourceVersion != first.resources[id("a")]?.resourceVersion)
    try FileManager.default.removeItem(at: directory.url.appending(path: "a.yaml"))
    #expect(try await store.list().resources.isEmpty)
  }

  @Test func whoListensGetsTheNewest() async throws {
    try directory.write(document("a"), to: "a.yaml")
    var snapshots = store.snapshots().makeAsyncIterator()
    _ = try await store.list()
    #expect(await snapshots.next()?.resources.count == 1)
    try directory.write(document("b"), to: "b.yaml")
    _ = try await store.list()
    #expect(await snapshots.next()?.resources.count == 2)
  }

  @Test func aDirectoryThatIsGoneIsNoEmptyOne() async throws {
    _ = try await store.list()
    try FileManager.default.removeItem(at: directory.url)
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.list() }
    #expect(failure?.kind == .transient)
  }

  @Test func aFileThatIsBrokenHoldsWhatItHeldBefore() async throws {
    try directory.write(document("a") + "---\n" + document("b"), to: "1.yaml")
    try directory.write(document("c"), to: "2.yaml")
    _ = try await store.list()
    // One document is broken, another one is new, and the first may be what cannot be read.
    try directory.write(document("b", tenant: "new") + "---\nkind: Pod\nmetadata: {name: x}\n", to: "1.yaml")
    let half = try await store.list()
    #expect(half.resources.mapValues(\.tenants) == [id("a"): ["a"], id("b"): ["new"], id("c"): ["a"]])
    #expect(half.faults.count == 1)
    // Nothing can be read.
    try directory.write("a: [", to: "1.yaml")
    let broken = try await store.list()
    #expect(broken.resources.mapValues(\.tenants) == [id("a"): ["a"], id("b"): ["new"], id("c"): ["a"]])
    try directory.write(document("b"), to: "1.yaml")
    let whole = try await store.list()
    #expect(whole.resources.mapValues(\.tenants) == [id("b"): ["a"], id("c"): ["a"]])
    #expect(whole.faults.isEmpty)
  }

  /// What was in the way may leave no trace in how the file looks, such as an error of a disk or a network.
  @Test func aFileThatCouldNotBeReadIsReadAgain() async throws {
    let obstacle = Watched<SmallFileError?>(SmallFileError(path: "a.yaml", reason: "Stale file handle"))
    let store = RuleDirectory(
      directory.path, reader: YAMLReader(), time: ImpatientTime(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      text: { path throws(SmallFileError) in
        if let error = obstacle.value { throw error }
        return try SmallFile.read(path)
      })
    try directory.write(document("a"), to: "a.yaml")
    let unread = try await store.list()
    #expect(unread.resources.isEmpty)
    #expect(unread.faults == ["a.yaml: Stale file handle"])
    #expect(try await store.list().revision == unread.revision)
    obstacle.update { $0 = nil }
    let read = try await store.list()
    #expect(read.resources.keys.map(\.self) == [id("a")])
    #expect(read.faults.isEmpty)
  }

  @Test func anImportThatIsBrokenIsNobodysToChange() async throws {
    let stored = try await store.create(imported)
    try directory.write("a: [", to: "default.new.yaml")
    #expect(try await store.list().resources[id("new")]?.isWhollyOurs == false)
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.update(stored) }
    #expect(failure?.kind == .conflict)
    #expect(try directory.read("default.new.yaml") == "a: [")
  }

  @Test func aMountOfAConfigMapIsReplacedAtOnce() async throws {
    let files = FileManager.default
    func mount(_ version: String, _ tenant: String) throws {
      try files.createDirectory(at: directory.url.appending(path: version), withIntermediateDirectories: true)
      try directory.write(document("a", tenant: tenant), to: "\(version)/a.yaml")
      try files.createSymbolicLink(atPath: directory.path + "/..data_tmp", withDestinationPath: version)
      #expect(rename(directory.path + "/..data_tmp", directory.path + "/..data") == 0)
    }
    try mount("..1", "first")
    try files.createSymbolicLink(atPath: directory.path + "/a.yaml", withDestinationPath: "..data/a.yaml")
    #expect(try await store.list().resources[id("a")]?.tenants == ["first"])
    try mount("..2", "second")
    let snapshot = try await store.list()
    #expect(snapshot.resources.mapValues(\.tenants) == [id("a"): ["second"]])
  }

  @Test func linksMayLeadInCirclesAndNowhere() async throws {
    let files = FileManager.default
    try files.createDirectory(at: directory.url.appending(path: "sub"), withIntermediateDirectories: true)
    try directory.write(document("a"), to: "sub/a.yaml")
    try files.createSymbolicLink(atPath: directory.path + "/sub/loop", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: directory.path + "/gone.yaml", withDestinationPath: "nowhere.yaml")
    try files.createSymbolicLink(atPath: directory.path + "/self.yaml", withDestinationPath: "self.yaml")
    let snapshot = try await store.list()
    #expect(snapshot.resources.keys.map(\.self) == [id("a")])
    #expect(snapshot.faults.isEmpty)
  }

  // MARK: While it runs

  @Test func aChangeIsReadWhenItHasSettled() async throws {
    let time = ManualTime()
    let store = RuleDirectory(
      directory.path, every: .seconds(3600), reader: YAMLReader(), time: time,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try directory.write(document("a", tenant: "first"), to: "a.yaml")
    var snapshots = store.snapshots().makeAsyncIterator()
    let running = Task { await store.run() }
    // Nothing is said before it has settled.
    #expect(try await time.nextSleep() == time.now + RuleDirectory.patience)
    time.advance(by: RuleDirectory.patience)
    #expect(await snapshots.next()?.resources[id("a")]?.tenants == ["first"])
    #expect(try await time.nextSleep() == time.now + .seconds(3600))
    // The system tells of the change, and nobody has to wait for the next look.
    try directory.write(document("a", tenant: "second"), to: "a.yaml")
    #expect(try await time.nextSleep() == time.now + RuleDirectory.patience)
    time.advance(by: RuleDirectory.patience)
    #expect(await snapshots.next()?.resources[id("a")]?.tenants == ["second"])
    running.cancel()
    await running.value
    #expect(await snapshots.next() == nil)
  }

  @Test func aFileThatDoesNotStopChangingIsNoList() async throws {
    let url = directory.url.appending(path: "a.yaml")
    let store = RuleDirectory(
      directory.path, reader: YAMLReader(),
      time: DisturbedTime { try? Data("# \($0)\n".utf8).write(to: url) },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try Data().write(to: url)
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.list() }
    #expect(failure?.kind == .transient)
  }

  // MARK: Imports

  @Test func anImportIsOursUntilSomebodyChangesIt() async throws {
    let stored = try await store.create(imported)
    #expect(stored.isUntouchedImport)
    #expect(stored.tenants == ["a"])
    var changed = stored
    changed.tenants = ["b"]
    let updated = try await store.update(changed)
    #expect(updated.tenants == ["b"])
    #expect(updated.isUntouchedImport)

    let name = "default.new.yaml"
    try directory.write(try directory.read(name).replacing("up", with: "down"), to: name)
    let touched = try #require(try await store.list().resources[id("new")])
    #expect(!touched.isWhollyOurs)
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.update(touched) }
    #expect(failure?.kind == .conflict)
  }

  @Test func anImportReplacesNothing() async throws {
    _ = try await store.create(imported)
    let again = await #expect(throws: RuleStoreFailure.self) { try await store.create(imported) }
    #expect(again?.kind == .exists)
    try directory.write("somebody's\n", to: "default.new.yaml")
    let other = await #expect(throws: RuleStoreFailure.self) { try await store.create(imported) }
    #expect(other?.kind == .exists)
    #expect(try directory.read("default.new.yaml") == "somebody's\n")
  }

  @Test func anUpdateOfAnOlderStateIsAConflict() async throws {
    let first = try await store.create(imported)
    var second = first
    second.tenants = ["b"]
    _ = try await store.update(second)
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.update(first) }
    #expect(failure?.kind == .conflict)
    try FileManager.default.removeItem(at: directory.url.appending(path: "default.new.yaml"))
    let gone = await #expect(throws: RuleStoreFailure.self) { try await store.update(first) }
    #expect(gone?.kind == .notFound)
  }

  @Test func anImportThatSomebodySavesMeanwhileIsNotReplaced() async throws {
    let stored = try await store.create(imported)
    let path = directory.path + "/default.new.yaml"
    let store = RuleDirectory(
      directory.path, reader: YAMLReader(), time: ImpatientTime(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    _ = try await store.list()
    #expect(try AtomicFile.create(Array("theirs".utf8), at: path) == false)
    try directory.write("theirs\n", to: "default.new.yaml")
    let failure = await #expect(throws: RuleStoreFailure.self) { try await store.update(stored) }
    #expect(failure?.kind == .conflict)
    #expect(try directory.read("default.new.yaml") == "theirs\n")
  }

  @Test func nothingIsLeftOfWriting() async throws {
    _ = try await store.create(imported)
    _ = await #expect(throws: RuleStoreFailure.self) { try await store.create(imported) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["default.new.yaml"])
  }

  // MARK: Ledgers and the lease

  @Test func aLedgerComesBackAndIsFenced() async throws {
    let ledgers = LedgerFiles(directory: directory.path)
    let tenant = try TenantID("team-a")
    let hash = try #require(ContentHash(text: String(repeating: "0", count: 32)))
    let ledger = Ledger(entries: [
      LedgerKey(namespace: "n", group: "g"): LedgerEntry(
        kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, agreed: 5)
    ])
    #expect(try await ledgers.load(tenant).version == nil)
    let version = try await ledgers.save(ledger, of: tenant, over: nil)
    let loaded = try await ledgers.load(tenant)
    #expect(loaded.ledger == ledger)
    #expect(loaded.version == version)
    #expect(try await ledgers.tenants() == [tenant])
    let late = await #expect(throws: LedgerFailure.self) { try await ledgers.save(Ledger(), of: tenant, over: nil) }
    #expect(late == .conflict)
    _ = try await ledgers.save(Ledger(), of: tenant, over: version)
    let old = await #expect(throws: LedgerFailure.self) { try await ledgers.save(ledger, of: tenant, over: version) }
    #expect(old == .conflict)
    let others = LedgerFiles(directory: directory.path + "/none")
    #expect(try await others.tenants().isEmpty)
  }

  @Test func aLeaseIsWrittenByOneOnly() async throws {
    let leases = LeaseFile(directory: directory.path, name: "l")
    #expect(try await leases.read() == nil)
    var lease = Lease(
      holder: "one", duration: .seconds(15), acquired: 1_700_000_000.25, renewed: 1_700_000_001.5, transitions: 2,
      version: nil)
    let written = try await leases.write(lease)
    #expect(try await leases.read() == written)
    lease.version = written.version
    #expect(lease == written)
    lease.version = nil
    let other = lease
    let late = await #expect(throws: LeaseFailure.self) { try await leases.write(other) }
    #expect(late == .conflict)
    try directory.write("{", to: "l.lease.json")
    await #expect(throws: LeaseFailure.self) { try await leases.read() }
  }
}

/// A clock on which every sleep is over at once, and something happens meanwhile.
private final class DisturbedTime: TimeSource {
  private let clock = ImpatientTime()
  private let count = Mutex(0)
  private let disturb: @Sendable (Int) -> Void

  init(_ disturb: @escaping @Sendable (Int) -> Void) {
    self.disturb = disturb
  }

  var now: MonotonicTime { clock.now }
  var secondsSince1970: Double { clock.secondsSince1970 }

  func sleep(until deadline: MonotonicTime) async throws {
    disturb(
      count.withLock { count in
        count += 1
        return count
      })
    try await clock.sleep(until: deadline)
  }
}
