import Model

/// One write of a plan.
enum PassWork: Sendable {
  case push(LedgerKey, GroupPush)
  case remove(LedgerKey, GroupRemoval)
  /// Another name is tried where one is taken.
  case importGroup(LedgerKey, GroupImport, attempt: Int)
  case update(ResourceUpdate)

  /// The groups that it is about, in order.
  var keys: [LedgerKey] {
    switch self {
    case .push(let key, _), .remove(let key, _), .importGroup(let key, _, _): [key]
    case .update(let update): update.takeovers.keys.sorted()
    }
  }
}
