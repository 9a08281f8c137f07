import Actors
import Model

/// What an informer would do, for people, and whether that is anything.
struct DiffReport {
  /// A part a tenant that is not wholly in step.
  private(set) var text = ""
  /// Whether something would be written, or waits for somebody.
  private(set) var hasDifferences = false
  /// Whether a tenant could not be looked at, or nothing may be written at all.
  private(set) var hasProblems = false

  /// - Parameter dialect: of the ruler.
  init(_ report: SyncInspection.Report, dialect: RulerDialect) {
    if let obstacle = report.obstacle {
      hasProblems = true
      text += "nothing may be written: \(obstacle)\n"
    }
    for finding in report.findings { add(finding, dialect) }
    if text.isEmpty { text = "\(report.findings.count) tenants are in step\n" }
  }

  private mutating func add(_ finding: SyncInspection.Finding, _ dialect: RulerDialect) {
    guard let plan = finding.plan else {
      hasProblems = true
      text += "tenant \(finding.tenant)\n  not looked at: \(finding.problem ?? "for no known reason")\n"
      return
    }
    if let problem = finding.problem {
      hasProblems = true
      text += "tenant \(finding.tenant): \(problem)\n"
    }
    guard plan.steps.contains(where: { $0.difference(dialect: dialect) != nil || $0.outcome.isDifference }) else {
      return
    }
    hasDifferences = true
    text += plan.text(dialect: dialect)
  }
}

extension GroupOutcome {
  /// Whether both sides differ, and not only because one of them is left alone.
  fileprivate var isDifference: Bool {
    switch state {
    case .synced, .orphaned, .foreign: false
    case .pending, .failed, .invalid, .conflict, .drifted, .missing, .duplicate, .held, .unknown: true
    }
  }
}
