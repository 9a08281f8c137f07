import Model

/// What a plan would change, for people: a line a group, and under it its rules.
struct PlanReport {
  /// Every tenant's part, in the order of the plans.
  private(set) var lines: [String] = []
  /// How many groups would be written, on either side.
  private(set) var changes = 0
  /// How many groups cannot be brought in step, or not be read.
  private(set) var obstacles = 0

  private let dialect: RulerDialect

  init(_ plans: [Plan], dialect: RulerDialect) {
    self.dialect = dialect
    for plan in plans { add(plan) }
  }

  private mutating func add(_ plan: Plan) {
    var own: [String] = []
    for step in plan.steps {
      let isWrite = step.action.isWrite
      guard isWrite || step.outcome.isObstacle else { continue }
      if isWrite { changes += 1 } else { obstacles += 1 }
      own += lines(of: step)
    }
    obstacles += plan.duplicates.count
    own += plan.duplicates.map { duplicate in
      "  \(Self.padded("leave out")) \(duplicate.key.namespace)/\(duplicate.key.group) of \(duplicate.resource): "
        + "\(duplicate.owner) has it"
    }
    if !own.isEmpty { lines += ["tenant \(plan.tenant)"] + own }
  }

  private func lines(of step: PlanStep) -> [String] {
    let group = "\(step.key.namespace)/\(step.key.group)"
    let (verb, place, before, after) = Self.change(step)
    let message = step.outcome.message.isEmpty ? "" : ": \(step.outcome.message)"
    let headline = "  \(Self.padded(verb)) \(group)\(place) (\(step.outcome.reason.rawValue)\(message))"
    guard step.action.isWrite else { return [headline] }
    return [headline] + GroupDifference(from: before, to: after, dialect: dialect).lines.map { "      \($0)" }
  }

  private static func change(
    _ step: PlanStep
  ) -> (verb: String, place: String, before: RuleGroup?, after: RuleGroup?) {
    let resource = step.resource.map { "\($0)" } ?? ""
    return switch step.action {
    case .push(let push): ("push", " from \(resource)", push.replacedGroup, push.group)
    case .remove(let removal): ("remove", "", removal.group, nil)
    case .importGroup(let groupImport): ("import", " as \(resource)", nil, groupImport.group)
    case .takeOver(let takeover): ("take over", " into \(resource)", takeover.replacedGroup, takeover.group)
    case .none, .adopt, .bury, .forget:
      (step.outcome.state.rawValue.lowercased(), resource.isEmpty ? "" : " of \(resource)", nil, nil)
    }
  }

  private static func padded(_ verb: String) -> String {
    verb + String(repeating: " ", count: max(0, 9 - verb.count))
  }
}

extension PlanAction {
  /// Whether a group is written on either side.
  fileprivate var isWrite: Bool {
    switch self {
    case .push, .remove, .importGroup, .takeOver: true
    case .none, .adopt, .bury, .forget: false
    }
  }
}

extension GroupOutcome {
  /// Whether the group is not in step, and stays so.
  fileprivate var isObstacle: Bool {
    switch state {
    case .synced, .orphaned, .foreign: false
    case .pending, .failed, .invalid, .conflict, .drifted, .missing, .duplicate, .held, .unknown: true
    }
  }
}
