import Model
import TestSupport
import Testing

@testable import Transport

/// Every way in which a watch ends. Whatever happens, nothing that was known is lost, and what happened meanwhile is
/// known soon.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesWatchEndTests {
  private func rule(_ name: String) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: "default", name: name), tenants: ["acme"],
      groups: [.group(RuleGroup(name: "g", rules: [Rule(record: "a:b", expression: "up")]))])
  }

  private func start(
    networkTime: any TimeSource = SystemTime(), eventLimit: Int = 1 << 20
  ) async throws -> RuleStoreStage {
    let stage = try await RuleStoreStage.start(networkTime: networkTime, eventLimit: eventLimit) {
      try $0.apply(rule("first"))
    }
    _ = try await stage.wait(for: "the first list") { $0.resources.count == 1 }
    try await stage.server.waitForWatches()
    return stage
  }

  /// What was asked for after the first list and the first watch.
  private func requests(_ stage: RuleStoreStage) -> [String] {
    stage.server.requests.dropFirst(2).map { request in
      guard request.target.contains("watch=1") else { return "list" }
      let version = request.target.firstRange(of: "resourceVersion=").map { request.target[$0.upperBound...] } ?? ""
      return "watch \(version.prefix { $0 != "&" })"
    }
  }

  /// Expects the second rule, which comes while nobody watches, to be seen.
  private func expectToGoOn(_ stage: RuleStoreStage, with expected: [String]) async throws {
    _ = try await stage.wait(for: "the second rule") { $0.resources.count == 2 }
    try await stage.server.wait(forRequests: expected.count + 2)
    #expect(requests(stage) == expected)
  }

  @Test func closedByTheServer() async throws {
    let stage = try await start()
    stage.server.sendBookmarks()
    stage.running.time.advance(by: .seconds(300))
    stage.server.closeWatches()
    try await stage.server.waitForWatches()
    try stage.server.apply(rule("second"))
    try await expectToGoOn(stage, with: ["watch 401"])
    #expect(stage.restarts("broken") == 0)
  }

  @Test func aBookmarkMovesTheStart() async throws {
    let stage = try await start()
    // Something of another kind moves the version; only a bookmark tells of it.
    try stage.server.apply(
      .configMap, ResourceID(namespace: "default", name: "m"), .object([("data", .object([("a", .text("b"))]))]),
      by: "kubectl")
    stage.server.sendBookmarks()
    stage.running.time.advance(by: .seconds(300))
    stage.server.closeWatches()
    try await stage.server.waitForWatches()
    try stage.server.apply(rule("second"))
    try await expectToGoOn(stage, with: ["watch 402"])
  }

  @Test func closedAtOnceWithoutAnything() async throws {
    let stage = try await start()
    stage.server.closeWatches()
    try stage.server.apply(rule("second"))
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(800))
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401"])
  }

  @Test func goneAsAnEvent() async throws {
    let stage = try await start()
    stage.server.compact()
    stage.server.failWatches(code: 410, reason: "Expired")
    try stage.server.apply(rule("second"))
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(800))
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["list", "watch 403"])
    #expect(stage.restarts("gone") == 1)
  }

  @Test(arguments: [(410, "gone"), (500, "server"), (403, "forbidden")])
  func refusedWithAStatus(status: Int, reason: String) async throws {
    let stage = try await start()
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { $0.target.contains("watch=1") ? .answer(status, body: "no") : nil }
    stage.server.closeWatches()
    try stage.server.apply(rule("second"))
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(800))
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401", "list", "watch 402"])
    #expect(stage.restarts(reason) == 1)
  }

  @Test(arguments: [nil, 5])
  func tooManyRequests(retryAfter: Int?) async throws {
    let stage = try await start()
    stage.running.time.advance(by: .seconds(300))
    let fields: HeaderFields = retryAfter.map { ["Retry-After": "\($0)"] } ?? [:]
    stage.server.script { $0.target.contains("watch=1") ? .answer(429, fields: fields, body: "slow down") : nil }
    stage.server.closeWatches()
    try stage.server.apply(rule("second"))
    let pause = retryAfter.map { Duration.seconds($0) } ?? .milliseconds(800)
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + pause)
    stage.server.script { _ in nil }
    stage.running.time.advance(by: pause)
    // From where it was: nothing was lost.
    try await expectToGoOn(stage, with: ["watch 401", "watch 401"])
    #expect(stage.restarts("throttled") == 1)
  }

  /// Whatever a server or what stands before it asks for: there is an end to it, and the clock does not overflow.
  @Test(arguments: ["301", "99999999999", "9223372036854775807"])
  func aPauseThatIsTooLongIsCutShort(retryAfter: String) async throws {
    let stage = try await start()
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { request in
      request.target.contains("watch=1") ? .answer(429, fields: ["Retry-After": retryAfter], body: "slow down") : nil
    }
    stage.server.closeWatches()
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .seconds(300))
  }

  /// As after a restore of etcd from a backup: the server has not come as far as this client has.
  @Test func aMomentThatTheServerDoesNotKnowYet() async throws {
    let stage = try await start()
    stage.server.failWatches(code: 504, reason: "Timeout")
    try stage.server.apply(rule("second"))
    #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(800))
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["list", "watch 402"])
    #expect(stage.restarts("server") == 1)
  }

  /// Nobody has installed the definition yet, or somebody has removed it for a while.
  @Test func aDefinitionThatIsInstalledLater() async throws {
    let stage = try await RuleStoreStage.start { server in
      server.script { _ in .answer(404, body: "404 page not found\n") }
    }
    _ = try await stage.running.time.nextSleep()
    #expect(stage.newest == nil && stage.restarts("list") == 1)
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .seconds(2))
    try await stage.server.waitForWatches()
    try stage.server.apply(rule("first"))
    _ = try await stage.wait(for: "the first rule") { $0.resources.count == 1 }
    // Gone again: what it had goes with events, and what is asked for after that is not known.
    try stage.server.delete(.openMetricsRule, ResourceID(namespace: "default", name: "first"))
    _ = try await stage.wait(for: "the first rule to go") { $0.resources.isEmpty }
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { _ in .answer(404, body: "404 page not found\n") }
    stage.server.closeWatches()
    _ = try await stage.running.time.nextSleep()
    #expect(stage.restarts("not_found") == 1)
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .seconds(2))
    try await stage.server.waitForWatches()
    try stage.server.apply(rule("second"))
    _ = try await stage.wait(for: "the second rule") { $0.resources.count == 1 }
  }

  /// What was known of it stays, and the others go on.
  @Test func aNamespaceWhosePermissionIsWithdrawn() async throws {
    func rule(_ name: String, in namespace: String) -> OpenMetricsRule {
      var rule = self.rule(name)
      rule.id.namespace = namespace
      return rule
    }
    let stage = try await RuleStoreStage.start(namespaces: ["a", "b"]) { server in
      for namespace in ["a", "b"] { try server.apply(rule("first", in: namespace)) }
    }
    _ = try await stage.wait(for: "both namespaces") { $0.resources.count == 2 }
    try await stage.server.waitForWatches(2)
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { request in
      guard request.target.contains("namespaces/b/") else { return nil }
      return .answer(403, body: #"{"kind":"Status","reason":"Forbidden","message":"no","code":403}"#)
    }
    stage.server.closeWatches()
    _ = try await stage.running.time.nextSleep()
    #expect(stage.restarts("forbidden") == 1)
    try stage.server.apply(rule("second", in: "a"))
    let snapshot = try await stage.wait(for: "the second rule") { $0.resources.count == 3 }
    #expect(snapshot.resources[ResourceID(namespace: "b", name: "first")] != nil)
    // Who wants to know what is absent is told that it cannot be told.
    await #expect(throws: RuleStoreFailure.self) { try await stage.store.list() }
  }

  @Test func failedAsAnEvent() async throws {
    let stage = try await start()
    stage.server.failWatches(code: 500, reason: "InternalError")
    try stage.server.apply(rule("second"))
    _ = try await stage.running.time.nextSleep()
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["list", "watch 402"])
    #expect(stage.restarts("server") == 1)
  }

  @Test func cutInTheMiddleOfAnEvent() async throws {
    let stage = try await start()
    stage.server.cutWatches()
    try stage.server.apply(rule("second"))
    _ = try await stage.running.time.nextSleep()
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401"])
    #expect(stage.restarts("broken") == 1)
  }

  @Test(arguments: ["{\"type\":\"ADDED\",\"object\":{\"met", "{\"type\":"])
  func endedInTheMiddleOfAnEvent(_ beginning: String) async throws {
    let stage = try await start()
    let feed = BodyFeed()
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { $0.target.contains("watch=1") ? .feed(200, feed) : nil }
    stage.server.closeWatches()
    feed.send(beginning)
    feed.end()
    try stage.server.apply(rule("second"))
    _ = try await stage.running.time.nextSleep()
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401", "watch 401"])
  }

  @Test func silence() async throws {
    let networkTime = ManualTime()
    let stage = try await start(networkTime: networkTime)
    while stage.restarts("broken") == 0 {
      networkTime.advance(by: .seconds(151))
      await Task.yield()
    }
    try stage.server.apply(rule("second"))
    _ = try await stage.running.time.nextSleep()
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401"])
    #expect(stage.restarts("broken") == 1)
  }

  @Test(
    arguments: [
      "garbage\n", "{\"type\":\"ADDED\"}\n", "{\"type\":\"WHAT\",\"object\":{}}\n",
      "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Lease\",\"metadata\":{\"name\":\"x\"}}}\n",
      "{\"type\":\"ADDED\",\"object\":{\"metadata\":{}}}\n", "no end",
    ])
  func whatIsNoEventOrTooLongForOne(_ text: String) async throws {
    let stage = try await start(eventLimit: 4000)
    let feed = BodyFeed()
    stage.running.time.advance(by: .seconds(300))
    stage.server.script { $0.target.contains("watch=1") ? .feed(200, feed) : nil }
    stage.server.closeWatches()
    feed.send(text == "no end" ? String(repeating: "x", count: 5000) : text)
    try stage.server.apply(rule("second"))
    _ = try await stage.running.time.nextSleep()
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .milliseconds(800))
    try await expectToGoOn(stage, with: ["watch 401", "list", "watch 402"])
    #expect(stage.restarts("unreadable") == 1)
  }

  @Test func theServerIsAwayForAWhile() async throws {
    let stage = try await start()
    stage.server.script { _ in .close }
    stage.server.cutWatches()
    for pause in [800, 1600, 3200, 6400] {
      #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(pause))
      #expect(stage.newest?.resources.count == 1)
      stage.running.time.advance(by: .milliseconds(pause))
    }
    _ = try await stage.running.time.nextSleep()
    try stage.server.apply(rule("second"))
    stage.server.script { _ in nil }
    stage.running.time.advance(by: .seconds(30))
    _ = try await stage.wait(for: "the second rule") { $0.resources.count == 2 }
    #expect(stage.restarts("broken") == 5)
  }

  @Test func listsThatFailChangeNothing() async throws {
    let stage = try await start()
    stage.server.script { $0.target.contains("watch=1") ? nil : .answer(503, body: "no") }
    stage.server.failWatches(code: 410, reason: "Expired")
    for pause in [800, 1600, 3200] {
      #expect(try await stage.running.time.nextSleep() == stage.running.time.now + .milliseconds(pause))
      stage.running.time.advance(by: .milliseconds(pause))
    }
    _ = try await stage.running.time.nextSleep()
    #expect(stage.newest?.resources.count == 1)
    stage.server.script { _ in nil }
    try stage.server.apply(rule("second"))
    stage.running.time.advance(by: .seconds(30))
    _ = try await stage.wait(for: "the second rule") { $0.resources.count == 2 }
    #expect(stage.restarts("list") == 3)
  }

  @Test func aBrokenResourceIsKnownByItsNameAndHarmsNoOther() async throws {
    let stage = try await start()
    let broken = DocumentNode.object([
      ("apiVersion", .text(OpenMetricsRule.apiVersion)), ("kind", .text(OpenMetricsRule.kind)),
      ("metadata", .object([("name", .text("broken")), ("namespace", .text("default"))])),
      (
        "spec",
        .object([
          ("tenants", .items([.text("acme")])),
          ("groups", .items([.object([("name", .text("g")), ("rules", .text("none"))])])),
        ])
      ),
    ])
    let id = ResourceID(namespace: "default", name: "broken")
    try stage.server.apply(.openMetricsRule, id, broken, by: "kubectl")
    let snapshot = try await stage.wait(for: "the broken one") { $0.resources.count == 2 }
    guard case .broken("g", "spec.groups[0].rules", _)? = snapshot.resources[id]?.groups.first else {
      Issue.record("\(String(describing: snapshot.resources[id]))")
      return
    }
    try stage.server.apply(rule("third"))
    _ = try await stage.wait(for: "the third") { $0.resources.count == 3 }
    #expect(requests(stage).isEmpty)
  }
}
