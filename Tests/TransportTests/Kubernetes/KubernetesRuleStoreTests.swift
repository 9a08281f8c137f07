import Model
import TestSupport
import Testing

@testable import Transport

/// The store of rules against a kube-apiserver in memory: reading and writing.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesRuleStoreTests {
  private let id = ResourceID(namespace: "default", name: "cpu")

  private func rule(
    _ name: String = "cpu", namespace: String = "default", tenants: [String] = ["acme"], expression: String = "up"
  ) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: namespace, name: name), tenants: tenants,
      groups: [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: expression)]))])
  }

  private func expression(_ rule: OpenMetricsRule?) -> String? {
    guard case .group(let group)? = rule?.groups.first else { return nil }
    return group.rules.first?.expression
  }

  /// How a write failed.
  private func failure<Result>(_ body: () async throws(RuleStoreFailure) -> Result) async -> RuleStoreFailure.Kind? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func snapshotsFollowTheServer() async throws {
    let stage = try await RuleStoreStage.start()
    var snapshots = stage.store.snapshots().makeAsyncIterator()
    let first = try #require(await snapshots.next())
    #expect(first.resources.isEmpty && first.faults.isEmpty)
    try await stage.server.waitForWatches()
    try stage.server.apply(rule())
    let second = try #require(await snapshots.next())
    #expect(expression(second.resources[id]) == "up")
    try stage.server.apply(rule(expression: "down"))
    let third = try #require(await snapshots.next())
    #expect(expression(third.resources[id]) == "down")
    try stage.server.delete(.openMetricsRule, id)
    let last = try #require(await snapshots.next())
    #expect(last.resources.isEmpty)
    #expect(first.revision < second.revision && third.revision < last.revision)
  }

  @Test func whoComesLateBeginsWithTheNewest() async throws {
    let stage = try await RuleStoreStage.start { try $0.apply(rule()) }
    _ = try await stage.wait(for: "the rule") { $0.resources.count == 1 }
    for _ in 0..<3 {
      var snapshots = stage.store.snapshots().makeAsyncIterator()
      #expect(await snapshots.next()?.resources.count == 1)
    }
  }

  @Test func severalNamespacesAreOne() async throws {
    let stage = try await RuleStoreStage.start(namespaces: ["a", "b"]) { server in
      for namespace in ["a", "b", "c"] { try server.apply(rule(namespace: namespace)) }
    }
    let snapshot = try await stage.wait(for: "both namespaces") { _ in true }
    #expect(snapshot.resources.keys.map(\.namespace).sorted() == ["a", "b"])
    try await stage.server.waitForWatches(2)
    try stage.server.delete(.openMetricsRule, ResourceID(namespace: "b", name: "cpu"))
    let rest = try await stage.wait(for: "one to go") { $0.resources.count == 1 }
    #expect(rest.resources.keys.map(\.namespace) == ["a"])
    #expect(try await stage.store.list().resources.count == 1)
  }

  @Test func nothingIsSaidBeforeEveryNamespaceWasListed() async throws {
    let stage = try await RuleStoreStage.start(namespaces: ["a", "b"]) { server in
      try server.apply(rule(namespace: "a"))
      server.script { $0.target.contains("namespaces/b/") ? .answer(500, body: "no") : nil }
    }
    try await stage.server.waitForWatches(1)
    _ = try await stage.running.time.nextSleep()
    #expect(stage.newest == nil)
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .seconds(2))
    #expect(try await stage.wait(for: "both") { _ in true }.resources.count == 1)
  }

  @Test func onlyTheSelectedOnesCount() async throws {
    let stage = try await RuleStoreStage.start(namespaces: nil, selector: "team=a") { try $0.apply(rule()) }
    #expect(try await stage.wait(for: "a list") { _ in true }.resources.isEmpty)
    try await stage.server.waitForWatches()
    var labelled = rule()
    labelled.labels = ["team": "a"]
    try stage.server.apply(labelled)
    _ = try await stage.wait(for: "the rule") { $0.resources.count == 1 }
    try stage.server.apply(rule())
    _ = try await stage.wait(for: "the rule to go") { $0.resources.isEmpty }
  }

  @Test func allIsListedAnewFromTimeToTime() async throws {
    let stage = try await RuleStoreStage.start(resync: .seconds(60))
    try await stage.server.waitForWatches()
    #expect(stage.server.requests.last?.target.contains("timeoutSeconds=60") == true)
    stage.running.time.advance(by: .seconds(60))
    stage.server.closeWatches()
    try await stage.server.waitForWatches()
    #expect(stage.server.requests.map { $0.target.contains("watch=1") } == [false, true, false, true])
  }

  // MARK: Writing

  @Test func whatIsCreatedIsWhollyOurs() async throws {
    let stage = try await RuleStoreStage.start()
    var new = rule()
    new.description = OpenMetricsRule.importedDescription
    let created = try await stage.store.create(new)
    #expect(created.isWhollyOurs && created.uid.isEmpty == false && created.generation == 1)
    #expect(created.description == OpenMetricsRule.importedDescription)
    #expect(try await stage.wait(for: "the rule") { $0.resources.count == 1 }.resources[id]?.isWhollyOurs == true)
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.create(new) } == .exists)
    let requests = stage.server.requests.filter { $0.method == "PATCH" }
    #expect(requests.map { String($0.target.drop { $0 != "?" }) } == ["?fieldManager=openmetricsrule-informer"])
  }

  /// An import without the labels that are asked for would not be seen.
  @Test func whatIsCreatedWithLabelsIsWatchedByThem() async throws {
    let stage = try await RuleStoreStage.start(selector: "team=a")
    var new = rule()
    new.labels = ["team": "a"]
    new.ownLabels = ["team"]
    var mine = try await stage.store.create(new)
    #expect(mine.labels == ["team": "a"] && mine.ownLabels == ["team"])
    _ = try await stage.wait(for: "the rule") { $0.resources.count == 1 }
    #expect(try await stage.store.list().resources.count == 1)
    mine.groups = [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "new")]))]
    let updated = try await stage.store.update(mine)
    #expect(expression(updated) == "new" && updated.labels == ["team": "a"] && updated.isWhollyOurs)
  }

  /// Nor is anybody's label taken, or insisted on.
  @Test func whatOthersMakeOfLabelsStays() async throws {
    let stage = try await RuleStoreStage.start()
    var new = rule()
    new.labels = ["team": "a", "kind": "x"]
    new.ownLabels = ["team", "kind"]
    _ = try await stage.store.create(new)
    let labels = #"{"metadata":{"labels":{"team":"b","theirs":"y"}}}"#
    try await stage.running.client.merge(.openMetricsRule, id, try JSONReader.read(Array(labels.utf8)))
    var mine = try #require(stage.server.rules[id])
    #expect(mine.labels == ["team": "b", "kind": "x", "theirs": "y"])
    #expect(mine.ownLabels == ["kind"] && mine.isWhollyOurs)
    mine.groups = [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "new")]))]
    let updated = try await stage.store.update(mine)
    #expect(expression(updated) == "new" && updated.labels == mine.labels && updated.ownLabels == ["kind"])
  }

  @Test func aLabelThatSomebodyTakesAwayMeanwhileIsNotPutBack() async throws {
    let stage = try await RuleStoreStage.start()
    var new = rule()
    new.labels = ["team": "a"]
    new.ownLabels = ["team"]
    var mine = try await stage.store.create(new)
    let labels = #"{"metadata":{"labels":{"team":null}}}"#
    try await stage.running.client.merge(.openMetricsRule, id, try JSONReader.read(Array(labels.utf8)))
    mine.groups = [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "new")]))]
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.update(mine) } == .conflict)
    #expect(stage.server.rules[id]?.labels == [:])
  }

  @Test func aRaceForANameIsLostAndHarmsNobody() async throws {
    let stage = try await RuleStoreStage.start()
    stage.server.script { request in
      if request.method == "PATCH" { _ = try? stage.server.apply(rule(expression: "theirs"), by: "kubectl") }
      return nil
    }
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.create(rule()) } == .conflict)
    #expect(expression(stage.server.rules[id]) == "theirs")
  }

  @Test func whatIsOursIsUpdated() async throws {
    let stage = try await RuleStoreStage.start()
    var mine = try await stage.store.create(rule(tenants: ["acme", "beta"]))
    mine.tenants = ["acme"]
    mine.groups = [
      .group(RuleGroup(name: "h", rules: [Rule(record: "c:d", expression: "down")]))
    ]
    let updated = try await stage.store.update(mine)
    #expect(updated.generation == 2 && updated.tenants == ["acme"] && updated.isWhollyOurs)
    #expect(updated.groups.map(\.name) == ["h"])
    #expect(stage.server.rules[id]?.groups.map(\.name) == ["h"])
  }

  @Test func whatSomebodyElseHasAPartInIsNot() async throws {
    let stage = try await RuleStoreStage.start()
    var mine = try await stage.store.create(rule())
    try stage.server.apply(rule(expression: "theirs"))
    mine.groups = [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "ours")]))]
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.update(mine) } == .conflict)
    let theirs = try #require(stage.server.rules[id])
    #expect(expression(theirs) == "theirs" && !theirs.isWhollyOurs)
    // Nor with the newest version.
    var current = theirs
    current.groups = mine.groups
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.update(current) } == .conflict)
    #expect(expression(stage.server.rules[id]) == "theirs")
  }

  @Test func aStatusWrittenInBetweenDisturbsNoUpdate() async throws {
    let stage = try await RuleStoreStage.start()
    var mine = try await stage.store.create(rule())
    try await stage.store.writeStatus(RuleStatus(observedGeneration: 1), of: mine)
    mine.groups = [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "new")]))]
    let updated = try await stage.store.update(mine)
    #expect(expression(updated) == "new" && updated.status?.observedGeneration == 1)
  }

  @Test func whatIsGoneIsNotCreatedByAnUpdate() async throws {
    let stage = try await RuleStoreStage.start()
    let mine = try await stage.store.create(rule())
    try stage.server.delete(.openMetricsRule, id)
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.update(mine) } == .notFound)
    try stage.server.apply(rule(expression: "another"))
    #expect(await failure { () throws(RuleStoreFailure) in try await stage.store.update(mine) } == .conflict)
    #expect(expression(stage.server.rules[id]) == "another")
  }

  @Test func aStatusIsWrittenBesideTheSpec() async throws {
    let stage = try await RuleStoreStage.start { try $0.apply(rule()) }
    let theirs = try #require(stage.server.rules[id])
    let status = RuleStatus(
      rulerUpdated: true, observedGeneration: 1,
      conditions: [RuleStatus.Condition(.synced, true, reason: "Synced", lastTransition: 1_700_000_000)],
      sync: [
        RuleStatus.GroupSync(
          tenant: "acme", rulerNamespace: "default", group: "g", hash: "abc", state: .synced,
          lastTransition: 1_700_000_000)
      ])
    try await stage.store.writeStatus(status, of: theirs)
    let written = try #require(stage.server.rules[id])
    #expect(written.status == status)
    #expect(written.generation == 1 && expression(written) == "up")
    let request = try #require(stage.server.requests.last { $0.method == "PATCH" })
    #expect(request.target.hasSuffix("/cpu/status?fieldManager=openmetricsrule-informer-status&force=true"))
    // The same again changes nothing, and what is left out goes.
    try await stage.store.writeStatus(status, of: theirs)
    #expect(stage.server.rules[id]?.resourceVersion == written.resourceVersion)
    try await stage.store.writeStatus(RuleStatus(observedGeneration: 1), of: theirs)
    #expect(stage.server.rules[id]?.status?.sync.isEmpty == true)
    try stage.server.delete(.openMetricsRule, id)
    #expect(
      await failure { () throws(RuleStoreFailure) in try await stage.store.writeStatus(status, of: theirs) }
        == .notFound)
  }

  @Test func eventsAreWrittenAndCounted() async throws {
    let stage = try await RuleStoreStage.start { try $0.apply(rule()) }
    let theirs = try #require(stage.server.rules[id])
    let event = RuleEvent(.warning, reason: "RulerDrift", note: String(repeating: "ä", count: 600), about: theirs)
    for _ in 0..<3 { await stage.store.record(event) }
    try await stage.server.wait(forRequest: "the third") { request in
      request.method == "PATCH" && String(decoding: request.body, as: UTF8.self).contains("\"count\":3")
    }
    let written = stage.server.documents(.event)
    #expect(written.count == 1)
    #expect(written[0]["note"]?.text == String(repeating: "ä", count: 512))
    #expect(written[0]["type"]?.text == "Warning" && written[0]["reason"]?.text == "RulerDrift")
    #expect(written[0]["regarding"]?["uid"]?.text == theirs.uid)
    #expect(written[0]["metadata"]?["name"]?.text?.hasPrefix("cpu-") == true)
    // One that is gone is written anew.
    let name = try #require(written[0]["metadata"]?["name"]?.text)
    try stage.server.delete(.event, ResourceID(namespace: "default", name: name))
    await stage.store.record(event)
    try await stage.server.wait(forRequest: "another one") { _ in stage.server.documents(.event).count == 1 }
  }
}
