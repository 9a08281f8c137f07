import Testing

@testable import Model

/// What a resource's status says of its groups.
@Suite struct RuleStatusTests {
  private typealias Condition = RuleStatus.Condition

  private static func group(_ name: String) -> RuleGroup {
    RuleGroup(name: name, rules: [Rule(record: "\(name):r", expression: "up")])
  }

  private func resource(
    _ name: String = "one", created: Int64 = 1, tenants: [String] = ["acme"], groups: [ResourceGroup],
    status: RuleStatus? = nil
  ) -> CheckedResource {
    var rule = OpenMetricsRule(
      id: ResourceID(namespace: "default", name: name), tenants: tenants, groups: groups)
    rule.created = created
    rule.generation = 3
    rule.status = status
    return ResourceCheck(validation: ExpressionValidation()).check(rule)
  }

  private func resource(groups names: String...) -> CheckedResource {
    resource(groups: names.map { .group(Self.group($0)) })
  }

  /// - Parameter outcomes: by the groups' names.
  private func status(
    _ resource: CheckedResource, among others: [CheckedResource] = [], now: Int64 = 7,
    _ outcomes: [String: GroupOutcome]
  ) -> RuleStatus {
    RuleStatus(of: resource, in: ResourceIndex([resource] + others), now: now) { key in
      outcomes[key.group].map { GroupReport($0) }
    }
  }

  private func condition(_ status: RuleStatus, _ type: RuleStatus.ConditionType) throws -> Condition {
    try #require(status.conditions.first { $0.type == type })
  }

  // MARK: All together

  @Test func whatIsInStepIsAllRight() throws {
    let status = status(resource(groups: "g", "h"), ["g": .inSync, "h": .inSync])
    #expect(status.rulerUpdated)
    #expect(status.observedGeneration == 3)
    #expect(status.conditions.map(\.type) == [.valid, .synced, .conflict, .duplicate])
    #expect(status.conditions.map(\.isTrue) == [true, true, false, false])
    #expect(status.conditions.map(\.reason) == ["Valid", "InSync", "NoConflict", "NoDuplicate"])
    #expect(status.conditions.allSatisfy { $0.observedGeneration == 3 && $0.lastTransition == 7 })
    #expect(status.sync.map(\.group) == ["g", "h"])
  }

  @Test func withoutGroupsThereIsNothingToDo() throws {
    let status = status(resource(groups: []), [:])
    #expect(status.rulerUpdated)
    #expect(try condition(status, .synced).reason == "NoGroups")
  }

  @Test func beforeTheFirstPassNothingIsKnown() throws {
    let status = status(resource(groups: "g"), [:])
    #expect(!status.rulerUpdated)
    #expect(try condition(status, .synced).isTrue == nil)
    #expect(status.sync.map(\.reason) == ["NotComparedYet"])
  }

  /// Every group of every tenant counts.
  @Test func oneTenantThatIsBehindIsEnough() throws {
    let shared = resource(tenants: ["acme", "other"], groups: [.group(Self.group("g"))])
    let status = RuleStatus(of: shared, in: ResourceIndex([shared]), now: 7) { key in
      GroupReport(key.tenant.name == "acme" ? .inSync : GroupOutcome(.failed, .writeFailed, "503"))
    }
    #expect(!status.rulerUpdated)
    #expect(status.sync.map(\.tenant) == ["acme", "other"])
    #expect(try condition(status, .synced).message == "1 of 2 groups are in step; tenant other, group g: Failed, 503")
  }

  /// People see first what they have to do something about.
  @Test(
    arguments: [
      ([.conflict, .invalid], .conflict), ([.failed, .invalid], .invalid), ([.failed, .drifted], .failed),
      ([.held, .missing], .missing), ([.pending, .held], .held), ([.unknown, .pending], .pending),
    ] as [([SyncState], SyncState)])
  func theWorstIsTold(states: [SyncState], worst: SyncState) throws {
    let outcomes = Dictionary(
      uniqueKeysWithValues: zip(["a", "b"], states).map { ($0, GroupOutcome($1, .conflict)) })
    for outcomes in [outcomes, ["a": outcomes["b"], "b": outcomes["a"]].compactMapValues { $0 }] {
      let message = try condition(status(resource(groups: "a", "b"), outcomes), .synced).message
      #expect(message.hasSuffix(": \(worst.rawValue)"))
    }
  }

  // MARK: The conditions

  @Test func aConflictIsACondition() throws {
    let status = status(
      resource(groups: "g", "h", "i"),
      ["g": .inSync, "h": GroupOutcome(.conflict, .conflict, "both"), "i": GroupOutcome(.conflict, .deleteConflict)])
    let conflict = try condition(status, .conflict)
    #expect(conflict.isTrue == true && conflict.reason == "Conflict")
    #expect(conflict.message == "tenant acme, group h: Conflict, both (and 1 more)")
  }

  @Test func whatIsWrongIsNotValid() throws {
    var broken = Self.group("bad")
    broken.rules[0].expression = MergeScene.invalidExpression
    let resource = resource(groups: [
      .group(Self.group("g")), .group(broken),
      .broken(name: nil, path: "spec.groups[2]", reason: "must be a mapping"),
    ])
    let status = status(resource, ["g": .inSync, "bad": GroupOutcome(.invalid, .invalid, "unclosed")])
    let valid = try condition(status, .valid)
    #expect(valid.isTrue == false && valid.reason == "Invalid")
    #expect(valid.message == "spec.groups[1].rules[0].expr: unclosed (and 1 more)")
    #expect(try condition(status, .synced).isTrue == false)
  }

  @Test func whatCannotBeReadIsNotInStep() throws {
    let status = status(resource(groups: [.broken(name: nil, path: "spec.tenants", reason: "must be a list")]), [:])
    #expect(!status.rulerUpdated)
    #expect(try condition(status, .synced).reason == "Invalid")
  }

  @Test func whatTheRulerRefusesIsNotValid() throws {
    let status = status(resource(groups: "g"), ["g": GroupOutcome(.invalid, .refusedByRuler, "no")])
    let valid = try condition(status, .valid)
    #expect(valid.isTrue == false && valid.reason == "RefusedByRuler")
    #expect(valid.message == "tenant acme, group g: Invalid, no")
  }

  @Test func aGroupThatAnOlderResourceHasIsADuplicate() throws {
    var other = Self.group("g")
    other.rules[0].expression = "down"
    let old = resource("old", created: 1, groups: [.group(Self.group("g"))])
    let young = resource("young", created: 2, groups: [.group(other)])
    let status = status(young, among: [old], ["g": .inSync])
    let duplicate = try condition(status, .duplicate)
    #expect(duplicate.isTrue == true && duplicate.reason == "DuplicateGroup")
    #expect(duplicate.message.contains("default/old"))
    #expect(!status.rulerUpdated, "what is in step is the older one's")
    #expect(try condition(self.status(old, among: [young], ["g": .inSync]), .duplicate).isTrue == false)
  }

  @Test func aRuleThatStandsTwiceAndIsNotWrittenIsADuplicate() throws {
    let status = status(resource(groups: "g"), ["g": GroupOutcome(.duplicate, .duplicateRule, "twice")])
    let duplicate = try condition(status, .duplicate)
    #expect(duplicate.isTrue == true && duplicate.reason == "DuplicateRule")
    #expect(duplicate.message == "tenant acme, group g: Duplicate, twice")
    #expect(try condition(status, .valid).isTrue == true)
    #expect(!status.rulerUpdated)
  }

  @Test func aRuleThatStandsTwiceAndIsInStepIsADuplicate() throws {
    let resource = resource(groups: "g", "h")
    let status = RuleStatus(of: resource, in: ResourceIndex([resource]), now: 7) { _ in
      GroupReport(.inSync, duplicate: "twice")
    }
    let duplicate = try condition(status, .duplicate)
    #expect(duplicate.isTrue == true && duplicate.reason == "DuplicateRule")
    #expect(duplicate.message == "tenant acme, group g: twice (and 1 more)")
    #expect(status.rulerUpdated)
  }

  // MARK: What stays

  /// Since when something is as it is, is kept.
  @Test func whatDoesNotChangeKeepsItsTime() throws {
    let first = status(resource(groups: "g", "h"), now: 5, ["g": .inSync, "h": GroupOutcome(.pending, .notInRuler)])
    let later = resource(groups: [.group(Self.group("g")), .group(Self.group("h"))], status: first)
    let second = status(later, now: 9, ["g": .inSync, "h": .inSync])
    #expect(second.sync.map(\.lastTransition) == [5, 9])
    #expect(try condition(second, .synced).lastTransition == 9)
    #expect(try condition(second, .valid).lastTransition == 5)
    let third = status(
      resource(groups: [.group(Self.group("g")), .group(Self.group("h"))], status: second), now: 11,
      ["g": .inSync, "h": .inSync])
    #expect(third == second)
  }

  // MARK: Bounds

  @Test func textsAreBounded() throws {
    let long = String(repeating: "é", count: 2000)
    let status = status(resource(groups: "g"), ["g": GroupOutcome(.failed, .writeFailed, long)])
    #expect(status.sync.allSatisfy { $0.message.utf8.count <= RuleStatus.maximumGroupMessageLength })
    #expect(status.conditions.allSatisfy { $0.message.utf8.count <= RuleStatus.maximumMessageLength })
  }

  /// Of many groups those are left out first that nobody has to look at.
  @Test func theListIsBounded() throws {
    let names = (0..<RuleStatus.maximumGroups + 100).map { "g\($0)" }
    let last = try #require(names.last)
    let resource = resource(groups: names.map { .group(Self.group($0)) })
    let status = RuleStatus(of: resource, in: ResourceIndex([resource]), now: 7) { key in
      GroupReport(key.group == last ? GroupOutcome(.failed, .writeFailed) : .inSync)
    }
    #expect(status.sync.count == RuleStatus.maximumGroups)
    #expect(status.sync.last?.group == last)
    let count = names.count
    #expect(
      try condition(status, .synced).message.hasPrefix("\(count - 1) of \(count) groups are in step; tenant acme"))
  }
}
