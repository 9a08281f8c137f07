extension Plan {
  /// What the plan would do, for people: a line a group, and below it what becomes of its rules. Groups that are in step
  /// are counted and not listed, unless one of their rules stands in another group, too.
  ///
  /// - Parameter dialect: of the ruler.
  package func text(dialect: RulerDialect) -> String {
    let lines = steps.flatMap { $0.lines(dialect: dialect) }
    let inStep = steps.count { $0.outcome.state == .synced }
    let end = ["  \(inStep) of \(steps.count) groups are in step"]
    return (["tenant \(tenant)"] + lines.map { "  \($0)" } + end).joined(separator: "\n") + "\n"
  }
}

extension PlanStep {
  /// What becomes of the group's rules by the action; `nil` where no side is written.
  package func difference(dialect: RulerDialect) -> GroupDifference? {
    switch action {
    case .push(let push): GroupDifference(from: push.replacedGroup, to: push.group, dialect: dialect)
    case .remove(let removal): GroupDifference(from: removal.group, to: nil, dialect: dialect)
    case .importGroup(let groupImport): GroupDifference(from: nil, to: groupImport.group, dialect: dialect)
    case .takeOver(let takeover):
      GroupDifference(from: takeover.replacedGroup, to: takeover.group, dialect: dialect)
    case .none, .adopt, .bury, .forget: nil
    }
  }

  fileprivate func lines(dialect: RulerDialect) -> [String] {
    actionLines(dialect: dialect) + duplicateLines
  }

  /// What stands in another place, too, where that is not what the step says already.
  private var duplicateLines: [String] {
    guard let duplicate, outcome.reason != .duplicateRule else { return [] }
    return ["duplicate \(key.namespace)/\(key.group) (\(SyncReason.duplicateRule.rawValue)): \(duplicate.text)"]
  }

  private func actionLines(dialect: RulerDialect) -> [String] {
    guard let verb else { return [] }
    var line = "\(verb) \(key.namespace)/\(key.group) (\(outcome.reason.rawValue))"
    if let resource { line += " resource \(resource)" }
    // What becomes of the rules follows anyway.
    guard let difference = difference(dialect: dialect) else {
      return [outcome.message.isEmpty ? line : "\(line): \(outcome.message)"]
    }
    return [line] + difference.lines.map { "    \($0)" }
  }

  /// What is done, or why nothing is; `nil` for a group about which there is nothing to say.
  private var verb: String? {
    switch action {
    case .push: "push"
    case .remove: "remove"
    case .importGroup: "import"
    case .takeOver: "update"
    case .adopt, .forget: nil
    case .bury: "leave"
    case .none: outcome.state == .synced ? nil : outcome.state.rawValue.lowercased()
    }
  }
}
