import Model

/// Whether every tenant was brought in step since a round over all of them began.
///
/// A round lasts until that is so, however often tenants are due meanwhile: where there are many, the first ones are due
/// again before the last ones were looked at, so that there is no moment at which nobody is.
struct PassRound {
  /// Those that were due since the round began.
  private var members: Set<TenantID> = []
  /// Those of them that were not looked at since then, or not with success the last time.
  private var missing: Set<TenantID> = []

  /// Whether there is nobody to wait for.
  var isOver: Bool { missing.isEmpty }

  /// Tenants are due. The round that is under way takes in those that are new to it; where there is none, one begins.
  mutating func due(_ tenants: Set<TenantID>) {
    missing.formUnion(tenants.subtracting(members))
    members.formUnion(tenants)
  }

  /// A pass is over.
  ///
  /// - Returns: whether the round is, by that.
  mutating func ended(_ tenant: TenantID, _ end: PassEnd) -> Bool {
    guard members.contains(tenant) else { return false }
    if end == .done { missing.remove(tenant) } else { missing.insert(tenant) }
    if isOver { members = [] }
    return isOver
  }
}
