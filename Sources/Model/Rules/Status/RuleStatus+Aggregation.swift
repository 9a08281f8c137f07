extension RuleStatus {
  /// The greatest number of groups that a status lists; where there are more, those that are in step are left out first.
  package static let maximumGroups = 1000
  /// In bytes.
  static let maximumMessageLength = 1024
  /// In bytes, for one group.
  static let maximumGroupMessageLength = 256

  /// What became of a resource: of all its groups for all its tenants.
  ///
  /// What is as it was keeps the time since when it is.
  ///
  /// - Parameters:
  ///   - index: the resources among which this one is.
  ///   - now: in seconds since 1970.
  ///   - report: what is known of a group that the resource owns; `nil` for one that was not looked at yet.
  package init(
    of resource: CheckedResource, in index: ResourceIndex, now: Int64, report: (RuleKey) -> GroupReport?
  ) {
    let rule = resource.rule
    let before = rule.status
    let reported = Self.groups(of: resource, in: index, now: now, report: report)
    let groups = reported.map(\.sync)
    let valid = Self.valid(resource, groups)
    let synced = Self.synced(groups, isReadable: valid.isTrue == true)
    let conflict = Self.condition(
      .conflict, groups.filter { $0.state == .conflict }.map(Statement.init), otherwise: "NoConflict")
    let duplicate = Self.condition(
      .duplicate, reported.compactMap(Self.duplicate), otherwise: "NoDuplicate")
    let conditions = [valid, synced, conflict, duplicate].map { condition in
      var condition = condition
      condition.message = condition.message.beginning(upTo: Self.maximumMessageLength)
      condition.observedGeneration = rule.generation
      let old = before?.conditions.first { $0.type == condition.type }
      condition.lastTransition = old.flatMap { $0.isTrue == condition.isTrue ? $0.lastTransition : nil } ?? now
      return condition
    }
    self.init(
      rulerUpdated: synced.isTrue == true, observedGeneration: rule.generation, conditions: conditions,
      sync: Self.bounded(groups))
  }

  // MARK: Groups

  /// How a group stands, and what is said of it besides.
  private struct ReportedGroup {
    let sync: GroupSync
    let duplicate: String
  }

  private static func groups(
    of resource: CheckedResource, in index: ResourceIndex, now: Int64, report: (RuleKey) -> GroupReport?
  ) -> [ReportedGroup] {
    let before = Dictionary(
      (resource.rule.status?.sync ?? []).map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
    return resource.tenants.flatMap { tenant in
      resource.rule.groups.enumerated().compactMap { place, group -> ReportedGroup? in
        guard let name = group.name else { return nil }
        let key = RuleKey(tenant: tenant, namespace: resource.rulerNamespace, group: name)
        let known: GroupReport?
        if let owner = index.otherOwner(of: key, than: resource, group: place) {
          let message =
            owner == resource.rule.id
            ? "the resource has another group of this name" : "the resource \(owner) has this group for the tenant, too"
          known = GroupReport(GroupOutcome(.duplicate, .duplicateGroup, message))
        } else {
          known = report(key)
        }
        let reported = known ?? GroupReport(GroupOutcome(.unknown, .notComparedYet))
        var sync = GroupSync(
          tenant: tenant.name, rulerNamespace: resource.rulerNamespace, group: name,
          hash: reported.agreed?.text ?? "", state: reported.outcome.state, reason: reported.outcome.reason.rawValue,
          message: reported.outcome.message.beginning(upTo: maximumGroupMessageLength), lastTransition: now,
          observedGeneration: resource.rule.generation)
        if let old = before[Key(sync)], old.state == sync.state { sync.lastTransition = old.lastTransition }
        return ReportedGroup(sync: sync, duplicate: reported.duplicate)
      }
    }
  }

  private struct Key: Hashable {
    let tenant: String
    let rulerNamespace: String
    let group: String

    init(_ sync: GroupSync) {
      tenant = sync.tenant
      rulerNamespace = sync.rulerNamespace
      group = sync.group
    }
  }

  private static func bounded(_ groups: [GroupSync]) -> [GroupSync] {
    guard groups.count > maximumGroups else { return groups }
    var room = maximumGroups - groups.count { $0.state != .synced }
    return groups.filter { group in
      guard group.state == .synced else { return true }
      room -= 1
      return room >= 0
    }.prefix(maximumGroups).map(\.self)
  }

  // MARK: Conditions

  /// What the ruler refuses is not valid either, whatever this program makes of it.
  private static func valid(_ resource: CheckedResource, _ groups: [GroupSync]) -> Condition {
    let faults = resource.faults
    guard let first = faults.first else {
      let refused = groups.filter { $0.state == .invalid }.map(Statement.init)
      guard let first = refused.first else { return Condition(.valid, true, reason: "Valid") }
      return Condition(.valid, false, reason: first.reason, message: first.text + more(than: refused.count))
    }
    return Condition(.valid, false, reason: "Invalid", message: "\(first)\(more(than: faults.count))")
  }

  /// - Parameter isReadable: whether the groups are all that people meant the resource to have.
  private static func synced(_ groups: [GroupSync], isReadable: Bool) -> Condition {
    guard let worst = groups.filter({ $0.state != .synced }).min(by: { $0.urgency < $1.urgency }) else {
      return isReadable
        ? Condition(.synced, true, reason: groups.isEmpty ? "NoGroups" : "InSync")
        : Condition(.synced, false, reason: "Invalid", message: "what is not valid is not written")
    }
    let count = groups.count { $0.state == .synced }
    let message = "\(count) of \(groups.count) groups are in step; \(worst.sentence)"
    return Condition(.synced, worst.state == .unknown ? nil : false, reason: worst.reason, message: message)
  }

  /// What a condition has to say of one group.
  private struct Statement {
    let reason: String
    let text: String

    init(_ sync: GroupSync) {
      reason = sync.reason
      text = sync.sentence
    }

    init(duplicateRule message: String, in sync: GroupSync) {
      reason = SyncReason.duplicateRule.rawValue
      text = "\(sync.place): \(message)"
    }
  }

  /// A duplicate that is in the ruler all the same is told of, too.
  private static func duplicate(_ group: ReportedGroup) -> Statement? {
    if group.sync.state == .duplicate { return Statement(group.sync) }
    return group.duplicate.isEmpty ? nil : Statement(duplicateRule: group.duplicate, in: group.sync)
  }

  private static func condition(_ type: ConditionType, _ affected: [Statement], otherwise: String) -> Condition {
    guard let first = affected.first else { return Condition(type, false, reason: otherwise) }
    return Condition(type, true, reason: first.reason, message: first.text + more(than: affected.count))
  }

  /// Says that the first of several is not all.
  private static func more(than count: Int) -> String {
    count > 1 ? " (and \(count - 1) more)" : ""
  }
}

extension RuleStatus.GroupSync {
  /// How much it matters that people see this first: what they have to do something about before what mends itself.
  fileprivate var urgency: Int {
    switch state {
    case .conflict: 0
    case .invalid: 1
    case .failed: 2
    case .drifted, .missing, .duplicate: 3
    case .held: 4
    case .orphaned, .foreign: 5
    case .pending: 6
    case .unknown: 7
    case .synced: 8
    }
  }

  fileprivate var place: String { "tenant \(tenant), group \(group)" }

  fileprivate var sentence: String {
    let text = "\(place): \(state.rawValue)"
    return message.isEmpty ? text : "\(text), \(message)"
  }
}
