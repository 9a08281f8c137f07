import Model
import Testing

/// A row of the merge table, or one of its cases: what is to be done, and how the group stands until then.
struct MergeRow: Sendable, CustomTestStringConvertible {
  /// What is switched on: T(racker), U(pdater), D (removal).
  typealias Switches = String

  let row: String
  let scene: MergeScene
  let policy: SyncPolicy
  let action: StepKind
  let state: SyncState
  let reason: SyncReason
  let hasEvent: Bool

  init(
    _ row: String, _ switches: Switches, _ scene: MergeScene, _ action: StepKind, _ state: SyncState,
    _ reason: SyncReason, event: Bool = false, conflict: SyncPolicy.Conflict = .kubernetes,
    drift: SyncPolicy.Drift? = nil
  ) {
    self.row = row
    self.scene = scene
    policy = SyncPolicy(
      tracks: switches.contains("T"), updates: switches.contains("U"), removes: switches.contains("D"),
      conflict: conflict, drift: drift)
    self.action = action
    self.state = state
    self.reason = reason
    hasEvent = event
  }

  var testDescription: String {
    "row \(row): \(action), \(state), \(reason)"
  }
}
