import Model

/// Which tenants the resources of a rule store name together, as far as it is known.
struct TenantFeedStateMachine: ~Copyable {
  /// What was announced last; `nil` before anything is known.
  private(set) var names: Set<String>?
  private var storeHasSpoken = false

  /// The names of an earlier run.
  ///
  /// - Returns: the names to announce; `nil` where nothing has changed.
  mutating func recalled(_ names: Set<String>) -> Set<String>? {
    // What the store says counts, and not what was true once.
    storeHasSpoken ? nil : announce(names)
  }

  /// The store has changed. While a document of it cannot be read, nobody is taken out: the tenant may be named there.
  ///
  /// - Returns: the names to announce; `nil` where nothing has changed.
  mutating func received(_ snapshot: RuleStoreSnapshot) -> Set<String>? {
    storeHasSpoken = true
    var names: Set<String> = []
    for resource in snapshot.resources.values { names.formUnion(resource.tenants) }
    if !snapshot.faults.isEmpty { names.formUnion(self.names ?? []) }
    return announce(names)
  }

  private mutating func announce(_ names: Set<String>) -> Set<String>? {
    guard names != self.names else { return nil }
    self.names = names
    return names
  }
}
