import InMemoryLogging
import Logging
import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct TenantDirectoryTests {
  private let a: TenantID
  private let b: TenantID

  init() throws {
    (a, b) = (try TenantID("a"), try TenantID("0"))
  }

  private static let unknown = TenantIsolation.unknown(RulerFailure(.transient, message: "away"))

  @Test func nobodyIsLookedAtBeforeTheRulerHasAnswered() {
    var directory = TenantDirectoryStateMachine(configured: [a])
    #expect(directory.tenants(for: .updater) == [])
    let obstacle = directory.obstacle
    #expect(obstacle == "no answer from the ruler yet")
    directory.found(.isolated)
    #expect(directory.tenants(for: .updater) == [a])
  }

  /// The tenant `0` is one like any other. Those that only the ruler names have nothing to write to it.
  @Test func tenantsAreOnlyEverAdded() {
    var directory = TenantDirectoryStateMachine(configured: [])
    directory.found(.isolated)
    directory.named([b])
    #expect(directory.rulerNamed(["a", "a/b"]).map(\.name) == ["a/b"])
    #expect(directory.rulerNamed(["a/b"]).isEmpty)
    #expect(directory.rulerNamed([]).isEmpty)
    #expect(directory.tenants(for: .updater) == [b])
    #expect(directory.tenants(for: .tracker) == [a, b])
  }

  @Test func aRulerThatTakesAllForOneIsGoodForOne() {
    var directory = TenantDirectoryStateMachine(configured: [])
    directory.found(.shared("it answers anybody"))
    directory.named([a])
    _ = directory.rulerNamed(["fake"])
    #expect(directory.tenants(for: .tracker) == [a])
    directory.named([b])
    #expect(directory.tenants(for: .tracker) == [])
    let obstacle = directory.obstacle
    #expect(obstacle?.contains("it answers anybody") == true)
  }

  @Test(arguments: [TenantIsolation.isolated, .shared("x")])
  func anAnswerThatDoesNotTellChangesNothing(isolation: TenantIsolation) {
    var directory = TenantDirectoryStateMachine(configured: [a])
    directory.found(isolation)
    directory.found(Self.unknown)
    #expect(directory.tenants(for: .updater) == [a])
  }

  @Test func sourcesThatFailAreLoggedOnce() async {
    let world = SyncWorld()
    let informer = TestInformer(in: world)
    let directory = TenantDirectory(
      configured: [], ports: informer.ports, readiness: informer.readiness, time: world.time, logger: world.logger)
    world.ruler.setTenants(["x y", "a"], failures: ["distributor: 503"])
    world.ledgers.failLists(with: .store("403"))
    for _ in 0..<2 { #expect(await !directory.discover(for: .tracker)) }
    #expect(directory.tenants(for: .tracker) == [a])
    #expect(
      world.log.entries.map { "\($0.message)" }.sorted() == [
        "not all tenants may be known: ledgers: the ledger's store: 403",
        "not all tenants may be known: ruler: distributor: 503",
        "the ruler names a tenant that cannot be one: tenant ID 'x y' contains unsupported character ' '",
      ])
    world.ledgers.failLists(with: nil)
    #expect(await directory.discover(for: .updater), "the updater does not ask the ruler")
    #expect(await !directory.discover(for: .tracker))
    world.ruler.setTenants(["a"])
    #expect(await directory.discover(for: .tracker))
  }

  /// A process that only answers a webhook does not ask the ruler.
  @Test func onlyWhoAsksTheRulerWaitsForItsAnswer() {
    let world = SyncWorld()
    let informer = TestInformer(in: world)
    let directory = TenantDirectory(
      configured: [a], ports: informer.ports, readiness: informer.readiness, time: world.time, logger: world.logger)
    let obstacle = "ruler: no answer from the ruler yet"
    #expect(!informer.readiness.obstacles.contains(obstacle))
    _ = RuleUpdater(
      configuration: PassConfiguration(interval: .seconds(40)), sync: informer.sync, directory: directory)
    #expect(informer.readiness.obstacles.contains(obstacle))
    informer.readiness.clear(.ruler)
    _ = RuleTracker(
      configuration: PassConfiguration(interval: .seconds(93)), sync: informer.sync, directory: directory)
    #expect(informer.readiness.obstacles.contains(obstacle))
  }

  // MARK: What would be done

  @Test func anInspectionSaysWhatWouldBeDoneAndWritesNothing() async throws {
    let world = SyncWorld()
    world.store.apply(SyncTerms.resource("one", tenants: ["a"], SyncTerms.group("cpu")))
    world.ruler.set(SyncTerms.group("disk"), at: SyncTerms.key(b, "disk"))
    let informer = TestInformer(in: world)
    let report = try await SyncInspection(
      settings: SyncSettings(), ports: informer.ports, configured: [], time: world.time, logger: world.logger
    ).run()
    #expect(report.obstacle == nil)
    #expect(report.findings.map(\.tenant) == [b, a])
    #expect(report.findings.last?.plan?.pushes.map(\.key.group) == ["cpu"])
    #expect(report.findings.first?.plan?.imports.map(\.key.group) == ["disk"])
    #expect(world.writeCount == 0 && world.ledgers.saves.isEmpty)
    world.ruler.fail { _ in RulerFailure(.transient, status: 503, message: "no") }
    let blind = try await SyncInspection(
      settings: SyncSettings(), ports: informer.ports, configured: [], time: world.time, logger: world.logger
    ).run()
    #expect(blind.findings.map(\.problem) == ["status 503: no", "status 503: no"])
  }
}
