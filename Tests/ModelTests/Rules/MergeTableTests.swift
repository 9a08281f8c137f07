import Model
import Testing

/// The merge table, row by row.
@Suite struct MergeTableTests {
  typealias Base = MergeScene.Base

  static let rows: [MergeRow] = [
    agreement, oneSided, changes, conflicts, removals, unwatched, sightings, frozen, annotations, shared,
  ].flatMap { $0 }

  /// In another namespace, and with another selector.
  private static let elsewhere = LedgerEntry.Sighting(namespace: "other")
  private static let otherwise = LedgerEntry.Sighting(namespace: "default", selector: "team=b")

  /// Rows 1, 5 and 13.
  static let agreement: [MergeRow] = [
    MergeRow("1", "TU", MergeScene(nil, .group("a"), .group("a")), .adopt, .synced, .inSync),
    MergeRow("1", "", MergeScene(nil, .group("a"), .group("a")), .adopt, .synced, .inSync),
    MergeRow("1", "TU", MergeScene(Base("b"), .group("a"), .group("a")), .adopt, .synced, .inSync),
    MergeRow("1", "TU", MergeScene(Base("a", "b"), .group("a"), .group("a")), .adopt, .synced, .inSync),
    MergeRow("1", "TU", MergeScene(Base("a", state: .tombstone), .group("a"), .group("a")), .adopt, .synced, .inSync),
    // What is the same on both sides stays agreed even where validation would not let it be written.
    MergeRow("1", "TU", MergeScene(nil, .invalid, .group(MergeScene.invalidExpression)), .adopt, .synced, .inSync),
    MergeRow("5", "TUD", MergeScene(Base("a"), .group("a"), .group("a")), .none, .synced, .inSync),
    // The pair: a ruler that writes things in its own way.
    MergeRow("5", "TUD", MergeScene(Base("a", "b"), .group("a"), .group("b")), .none, .synced, .inSync),
    MergeRow(
      "5", "TUD", MergeScene(Base("a", "b", state: .tombstone), .group("a"), .group("b")), .adopt, .synced, .inSync),
    MergeRow("13", "TUD", MergeScene(Base("a"), .absent, .absent), .forget, .synced, .goneFromBoth),
    MergeRow("13", "T", MergeScene(Base("a", state: .tombstone), .absent, .absent), .forget, .synced, .goneFromBoth),
  ]

  /// Rows 2 and 3.
  static let oneSided: [MergeRow] = [
    MergeRow("2", "TU", MergeScene(nil, .group("a"), .absent), .push, .pending, .notInRuler),
    MergeRow("2", "T", MergeScene(nil, .group("a"), .absent), .none, .pending, .updaterOff),
    MergeRow("3", "TUD", MergeScene(nil, .absent, .group("a")), .importGroup, .pending, .newInRuler, event: true),
    MergeRow("3", "UD", MergeScene(nil, .absent, .group("a")), .none, .foreign, .trackerOff),
  ]

  /// Rows 6, 7, 9 and 10.
  static let changes: [MergeRow] = [
    MergeRow("6", "TU", MergeScene(Base("a"), .group("b"), .group("a")), .push, .pending, .changedInKubernetes),
    MergeRow("6", "TU", MergeScene(Base("a", "x"), .group("b"), .group("x")), .push, .pending, .changedInKubernetes),
    MergeRow("6", "T", MergeScene(Base("a"), .group("b"), .group("a")), .none, .pending, .updaterOff),
    // Nobody has changed an import that nobody else has touched: the write before was not recorded.
    MergeRow(
      "6", "TU", imported(Base("a"), .group("b"), .group("a")), .takeOver, .pending, .changedInRuler, event: true),
    MergeRow("6", "U", imported(Base("a"), .group("b"), .group("a")), .push, .pending, .changedInKubernetes),
    MergeRow("7", "TU", ours(Base("a"), .group("a"), .group("b")), .takeOver, .pending, .changedInRuler, event: true),
    MergeRow("7", "T", ours(Base("a"), .group("a"), .group("b")), .takeOver, .pending, .changedInRuler, event: true),
    // Whose resource is somebody else's: nothing is touched.
    MergeRow("7", "TU", MergeScene(Base("a"), .group("a"), .group("b")), .none, .drifted, .rulerDrift, event: true),
    MergeRow("7", "U", MergeScene(Base("a"), .group("a"), .group("b")), .push, .pending, .driftRepaired, event: true),
    MergeRow("7", "U", ours(Base("a"), .group("a"), .group("b")), .push, .pending, .driftRepaired, event: true),
    MergeRow(
      "7", "U", MergeScene(Base("a"), .group("a"), .group("b")), .none, .drifted, .rulerDrift, event: true,
      drift: .report),
    MergeRow(
      "7", "TU", MergeScene(Base("a"), .group("a"), .group("b")), .push, .pending, .driftRepaired, event: true,
      drift: .repair),
    MergeRow("7", "", MergeScene(Base("a"), .group("a"), .group("b")), .none, .drifted, .rulerDrift, event: true),
    MergeRow("9", "TU", MergeScene(Base("a"), .group("a"), .absent), .push, .pending, .restoredInRuler, event: true),
    MergeRow("9", "TU", imported(Base("a"), .group("a"), .absent), .push, .pending, .restoredInRuler, event: true),
    MergeRow("9", "T", MergeScene(Base("a"), .group("a"), .absent), .none, .missing, .missingInRuler, event: true),
    MergeRow("10", "TU", MergeScene(Base("a"), .group("b"), .absent), .push, .pending, .changedInKubernetes),
    MergeRow("10", "T", MergeScene(Base("a"), .group("b"), .absent), .none, .pending, .updaterOff),
  ]

  /// Rows 4 and 8.
  static let conflicts: [MergeRow] = [
    MergeRow("4", "TU", imported(nil, .group("a"), .group("b")), .takeOver, .pending, .changedInRuler, event: true),
    MergeRow("4", "TU", ours(nil, .group("a"), .group("b")), .push, .conflict, .firstContactConflict, event: true),
    MergeRow("4", "U", imported(nil, .group("a"), .group("b")), .push, .conflict, .firstContactConflict, event: true),
    MergeRow(
      "4", "TU", MergeScene(nil, .group("a"), .group("b")), .push, .conflict, .firstContactConflict, event: true),
    MergeRow("4", "T", MergeScene(nil, .group("a"), .group("b")), .none, .conflict, .firstContactConflict, event: true),
    MergeRow(
      "4", "TU", MergeScene(nil, .group("a"), .group("b")), .none, .conflict, .firstContactConflict, event: true,
      conflict: .hold),
    MergeRow(
      "4", "TU", ours(nil, .group("a"), .group("b")), .takeOver, .conflict, .firstContactConflict, event: true,
      conflict: .ruler),
    MergeRow(
      "4", "TU", MergeScene(nil, .group("a"), .group("b")), .none, .conflict, .firstContactConflict, event: true,
      conflict: .ruler),
    MergeRow("8", "TU", MergeScene(Base("a"), .group("b"), .group("c")), .push, .conflict, .conflict, event: true),
    MergeRow(
      "8", "TU", imported(Base("a"), .group("b"), .group("c")), .takeOver, .pending, .changedInRuler, event: true),
    MergeRow("8", "U", imported(Base("a"), .group("b"), .group("c")), .push, .conflict, .conflict, event: true),
    MergeRow("8", "T", MergeScene(Base("a"), .group("b"), .group("c")), .none, .conflict, .conflict, event: true),
    MergeRow(
      "8", "TU", MergeScene(Base("a"), .group("b"), .group("c")), .none, .conflict, .conflict, event: true,
      conflict: .hold),
    MergeRow(
      "8", "TU", ours(Base("a"), .group("b"), .group("c")), .takeOver, .conflict, .conflict, event: true,
      conflict: .ruler),
    MergeRow(
      "8", "U", ours(Base("a"), .group("b"), .group("c")), .none, .conflict, .conflict, event: true, conflict: .ruler),
    MergeRow(
      "8", "TU", MergeScene(Base("a", state: .tombstone), .group("b"), .group("c")), .push, .conflict, .conflict,
      event: true),
  ]

  /// Rows 11 and 12.
  static let removals: [MergeRow] = [
    MergeRow(
      "11", "UD", MergeScene(Base("a"), .absent, .group("a")), .remove, .pending, .removedFromKubernetes, event: true),
    MergeRow(
      "11", "TUD", MergeScene(Base("a", "b"), .absent, .group("b")), .remove, .pending, .removedFromKubernetes,
      event: true),
    MergeRow("11", "TU", MergeScene(Base("a"), .absent, .group("a")), .bury, .orphaned, .removedFromKubernetes),
    MergeRow("11", "TD", MergeScene(Base("a"), .absent, .group("a")), .bury, .orphaned, .removedFromKubernetes),
    MergeRow(
      "11", "TU", MergeScene(Base("a", state: .tombstone), .absent, .group("a")), .none, .orphaned,
      .removedFromKubernetes),
    // What came from the ruler is not removed there.
    MergeRow(
      "11", "TUD", MergeScene(Base("a", origin: .ruler), .absent, .group("a")), .bury, .orphaned,
      .removedFromKubernetes),
    MergeRow(
      "11", "TUD", MergeScene(Base("a"), .absent, .group("a")).with { $0.mayRemove = false }, .none, .held, .firstPass),
    MergeRow(
      "12", "TUD", MergeScene(Base("a"), .absent, .group("b")), .importGroup, .pending, .changedSinceDeletion,
      event: true),
    MergeRow(
      "12", "TU", MergeScene(Base("a", state: .tombstone), .absent, .group("b")), .importGroup, .pending,
      .changedSinceDeletion, event: true),
    MergeRow("12", "UD", MergeScene(Base("a"), .absent, .group("b")), .none, .orphaned, .deleteConflict, event: true),
  ]

  /// Row U: nothing is done, whatever is switched on and whatever the ruler has.
  static let unwatched: [MergeRow] = ["TUD", "UD", "TU", "T", ""].flatMap { switches -> [MergeRow] in
    let bases = [
      Base("a", seen: elsewhere), Base("a", state: .tombstone, seen: elsewhere),
      Base("a", origin: .ruler, seen: elsewhere), Base("b", seen: elsewhere),
    ]
    return bases.map { base in
      MergeRow("U", switches, MergeScene(base, .absent, .group("a")), .none, .foreign, .notWatched)
    }
  }

  /// Where a resource was seen decides what its absence means, and is noted anew where it is not known.
  static let sightings: [MergeRow] = [
    MergeRow(
      "U", "TUD", MergeScene(Base("a"), .absent, .group("a")).with { $0.selector = "team=a" }, .none, .foreign,
      .notWatched),
    MergeRow(
      "U", "TUD", MergeScene(Base("a", seen: otherwise), .absent, .group("a")).with { $0.selector = "team=a" }, .none,
      .foreign, .notWatched),
    // Who looks at more than before knows what is gone.
    MergeRow(
      "11", "TUD", MergeScene(Base("a", seen: otherwise), .absent, .group("a")), .remove, .pending,
      .removedFromKubernetes, event: true),
    MergeRow(
      "11", "TUD", MergeScene(Base("a", seen: elsewhere), .absent, .group("a")).with { $0.namespaces = nil }, .remove,
      .pending, .removedFromKubernetes, event: true),
    MergeRow(
      "11", "TUD",
      MergeScene(Base("a", seen: otherwise), .absent, .group("a")).with { $0.selector = "team in (b)" }, .remove,
      .pending, .removedFromKubernetes, event: true),
    // Noted by an earlier version.
    MergeRow(
      "11", "TUD", MergeScene(Base("a", seen: nil), .absent, .group("a")), .none, .orphaned, .removedFromKubernetes),
    MergeRow(
      "11", "TU", MergeScene(Base("a", seen: nil), .absent, .group("a")), .none, .orphaned, .removedFromKubernetes),
    MergeRow(
      "12", "TUD", MergeScene(Base("a", seen: nil), .absent, .group("b")), .importGroup, .pending,
      .changedSinceDeletion, event: true),
    MergeRow("13", "TUD", MergeScene(Base("a", seen: nil), .absent, .absent), .forget, .synced, .goneFromBoth),
    // Seen again, it is noted anew, once.
    MergeRow("5", "TUD", MergeScene(Base("a", seen: nil), .group("a"), .group("a")), .adopt, .synced, .inSync),
    MergeRow(
      "5", "", MergeScene(Base("a", "b", seen: otherwise), .group("a"), .group("b")), .adopt, .synced, .inSync),
    MergeRow(
      "5", "TUD", MergeScene(Base("a", seen: elsewhere), .group("a"), .group("a")).with { $0.namespaces = nil },
      .adopt, .synced, .inSync),
    // Another informer may have the same group from another resource: they need not contend for the entry.
    MergeRow("5", "TUD", MergeScene(Base("a", seen: elsewhere), .group("a"), .group("a")), .none, .synced, .inSync),
    MergeRow(
      "5", "TUD",
      MergeScene(Base("a", uid: "theirs", seen: otherwise), .group("a"), .group("a")).with { $0.selector = "team=a" },
      .none, .synced, .inSync),
    MergeRow(
      "5", "TUD", MergeScene(Base("a", seen: otherwise), .group("a"), .group("a")).with { $0.selector = "team=a" },
      .adopt, .synced, .inSync),
    MergeRow(
      "6", "TU", MergeScene(Base("a", seen: elsewhere), .group("b"), .group("a")), .push, .pending,
      .changedInKubernetes),
    MergeRow(
      "9", "TU", MergeScene(Base("a", seen: elsewhere), .group("a"), .absent), .push, .pending, .restoredInRuler,
      event: true),
  ]

  /// Rows 14 and 15, refusals and the breaker.
  static let frozen: [MergeRow] =
    [MergeScene.Ruler.absent, .group("a"), .group("b"), .unknown].flatMap { ruler in
      [nil, Base("a")].flatMap { base in
        [
          MergeRow("14", "TUD", MergeScene(base, .invalid, ruler), .none, .invalid, .invalid, event: true),
          MergeRow("14", "TUD", MergeScene(base, .broken, ruler), .none, .invalid, .unreadable, event: true),
        ]
      }
    } + [
      MergeRow("15", "TUD", MergeScene(nil, .group("a"), .unknown), .none, .unknown, .rulerUnknown),
      MergeRow("15", "TUD", MergeScene(nil, .group("a"), .broken), .none, .unknown, .rulerUnknown),
      MergeRow("15", "TUD", MergeScene(Base("a"), .group("b"), .unknown), .none, .unknown, .rulerUnknown),
      MergeRow("15", "TUD", MergeScene(Base("a"), .absent, .unknown), .none, .unknown, .rulerUnknown),
      MergeRow("15", "TUD", MergeScene(Base("a"), .absent, .broken), .none, .unknown, .rulerUnknown),
      MergeRow("15", "TUD", MergeScene(Base("a"), .unknown, .group("a")), .none, .unknown, .kubernetesUnknown),
      MergeRow("15", "TUD", MergeScene(Base("a"), .unknown, .absent), .none, .unknown, .kubernetesUnknown),
      MergeRow("15", "TUD", MergeScene(nil, .unknown, .group("a")), .none, .unknown, .kubernetesUnknown),
      MergeRow(
        "refused", "TU", MergeScene(nil, .group("a"), .absent).with { $0.refused = "a" }, .none, .invalid,
        .refusedByRuler, event: true),
      MergeRow(
        "refused", "TU", MergeScene(nil, .group("a"), .absent).with { $0.refused = "b" }, .push, .pending, .notInRuler),
      MergeRow(
        "flapping", "TU", MergeScene(Base("a", writes: [9200, 9300, 9400, 9500]), .group("a"), .absent), .none, .held,
        .flapping, event: true),
      // One of them is long ago.
      MergeRow(
        "flapping", "TU", MergeScene(Base("a", writes: [9100, 9300, 9400, 9500]), .group("a"), .absent), .push,
        .pending, .restoredInRuler, event: true),
      // What somebody writes into Kubernetes is no fight.
      MergeRow(
        "flapping", "TU", MergeScene(Base("a", writes: [9200, 9300, 9400, 9500]), .group("b"), .group("a")), .push,
        .pending, .changedInKubernetes),
    ]

  static let annotations: [MergeRow] = [
    MergeRow("paused", "TUD", annotated("paused", nil, .group("a"), .absent), .none, .held, .paused),
    MergeRow("paused", "TUD", annotated("paused", Base("a"), .group("a"), .group("b")), .none, .held, .paused),
    MergeRow("paused", "TUD", annotated("paused", Base("a"), .group("a"), .group("a")), .none, .synced, .inSync),
    MergeRow(
      "typo", "TUD", annotated("pasued", Base("a"), .group("b"), .group("a")), .none, .held, .unrecognisedSyncMode,
      event: true),
    MergeRow("pull-only", "TUD", annotated("pull-only", nil, .group("a"), .absent), .none, .held, .pullOnly),
    MergeRow("pull-only", "TUD", annotated("pull-only", Base("a"), .group("b"), .group("a")), .none, .held, .pullOnly),
    MergeRow(
      "pull-only", "TUD", annotated("pull-only", Base("a"), .group("a"), .absent), .none, .missing, .missingInRuler,
      event: true),
    MergeRow(
      "pull-only", "TUD", annotated("pull-only", Base("a"), .group("a"), .group("b")), .takeOver, .pending,
      .changedInRuler, event: true),
    MergeRow(
      "pull-only", "TUD", annotated("pull-only", Base("a"), .group("b"), .group("c")), .none, .conflict, .conflict,
      event: true),
    MergeRow("push-only", "TUD", annotated("push-only", nil, .group("a"), .absent), .push, .pending, .notInRuler),
    MergeRow(
      "push-only", "TUD", annotated("push-only", Base("a"), .group("a"), .group("b")), .push, .pending, .driftRepaired,
      event: true),
  ]

  /// Row S1.
  static let shared: [MergeRow] = [
    MergeRow("S1", "TU", tenants(["acme", "beta"], [:]), .none, .drifted, .rulerDrift, event: true),
    MergeRow("S1", "TU", tenants(["acme", "beta"], ["beta": "a"]), .none, .drifted, .rulerDrift, event: true),
    MergeRow(
      "S1", "TU", tenants(["acme", "beta"], ["beta": "b"]), .takeOver, .pending, .changedInRuler, event: true),
    MergeRow(
      "S1", "TU", tenants(["acme", "beta", "gamma"], ["beta": "b"]), .none, .drifted, .rulerDrift, event: true),
    // Only one of the plans has the takeover.
    MergeRow("S1", "TU", tenants(["aaa", "acme"], ["aaa": "b"]), .none, .pending, .changedInRuler),
  ]

  private static func ours(
    _ base: Base?, _ kubernetes: MergeScene.Kubernetes, _ ruler: MergeScene.Ruler
  ) -> MergeScene {
    MergeScene(base, kubernetes, ruler).with { $0.isOurs = true }
  }

  private static func imported(
    _ base: Base?, _ kubernetes: MergeScene.Kubernetes, _ ruler: MergeScene.Ruler
  ) -> MergeScene {
    ours(base, kubernetes, ruler).with { $0.isImport = true }
  }

  private static func annotated(
    _ mode: String, _ base: Base?, _ kubernetes: MergeScene.Kubernetes, _ ruler: MergeScene.Ruler
  ) -> MergeScene {
    ours(base, kubernetes, ruler).with { $0.annotations = [SyncAnnotation.mode: mode] }
  }

  private static func tenants(_ tenants: [String], _ elsewhere: [String: String]) -> MergeScene {
    ours(Base("a"), .group("a"), .group("b")).with { scene in
      scene.tenants = tenants
      scene.elsewhere = elsewhere
    }
  }

  @Test(arguments: rows) func row(_ row: MergeRow) throws {
    let step = try #require(try row.scene.step(row.policy))
    #expect(StepKind(step.action) == row.action)
    #expect(step.outcome.state == row.state)
    #expect(step.outcome.reason == row.reason)
    #expect((step.event != nil) == row.hasEvent)
  }

  /// Row U: whoever looks after a resource keeps what is noted of it, though the ruler has lost the group.
  @Test(arguments: ["TUD", "UD", ""]) func whatIsLookedAfterElsewhereIsNotForgotten(switches: String) throws {
    let scene = MergeScene(Base("a", seen: Self.elsewhere), .absent, .absent)
    let row = MergeRow("U", switches, scene, .none, .synced, .goneFromBoth)
    let step = try row.scene.step(row.policy)
    #expect(step == nil)
  }

  /// What a plan notes says where the resource is, and keeps the rest of the entry where only that is new.
  @Test func whereAResourceIsSeenIsNoted() throws {
    let scene = MergeScene(Base("a", seen: nil, writes: [1]), .group("a"), .group("a")).with { $0.selector = "team=a" }
    var ledger = scene.sides(tenant: try TenantID("acme")).base
    ledger.entries[MergeScene.key]?.lost = "text"
    let plan = Plan(tenant: try TenantID("acme"), steps: [try #require(try scene.step(SyncPolicy()))])
    let isChanged = ledger.recordFindings(of: plan, at: 7)
    #expect(isChanged)
    let entry = try #require(ledger.entries[MergeScene.key])
    #expect(entry.sighting == LedgerEntry.Sighting(namespace: "default", selector: "team=a"))
    #expect(entry.writes == [1] && entry.lost == "text" && entry.agreed == 7)
  }

  /// Whatever is the case: with a side unknown nothing is done, without a base nothing is removed, and nothing is
  /// removed that was not allowed.
  @Test func nothingIsEverRemovedLightly() throws {
    let contents = ["a", "b"]
    let kubernetes: [MergeScene.Kubernetes] = [.absent, .unknown, .invalid, .broken] + contents.map { .group($0) }
    let rulers: [MergeScene.Ruler] = [.absent, .unknown, .broken] + contents.map { .group($0) }
    let bases: [Base?] = [
      nil, Base("a"), Base("a", origin: .ruler), Base("a", state: .tombstone), Base("a", seen: nil),
      Base("a", seen: Self.elsewhere),
    ]
    for base in bases {
      for (kubernetesSide, ruler) in kubernetes.flatMap({ side in rulers.map { (side, $0) } }) {
        for switches in ["", "T", "U", "TU", "D", "TD", "UD", "TUD"] {
          let row = MergeRow("any", switches, MergeScene(base, kubernetesSide, ruler), .none, .synced, .inSync)
          guard let step = try row.scene.step(row.policy) else { continue }
          let action = StepKind(step.action)
          if action == .remove {
            #expect(switches == "UD" || switches == "TUD")
            #expect(base?.origin == .kubernetes && base?.sighting == MergeScene.sighting)
            guard case .absent = kubernetesSide, case .group("a") = ruler else {
              Issue.record("removed: \(kubernetesSide), \(ruler)")
              continue
            }
          }
          if case .unknown = kubernetesSide { #expect(action == .none) }
          if case .unknown = ruler { #expect(action == .none) }
          if !switches.contains("U") { #expect(action != .push) }
          if !switches.contains("T") { #expect(action != .importGroup && action != .takeOver) }
        }
      }
    }
  }
}
