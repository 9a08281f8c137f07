import Model

/// Which tenants the sources allow together, and whether every source has spoken.
struct TenantRegistryStateMachine: ~Copyable {
  /// What follows from an input.
  struct Actions: Equatable {
    /// The routing table to put in force, where it changed.
    var table: RoutingTable?
    /// Names that are no tenant IDs, which this input brought for the first time.
    var invalidNames: [InvalidTenantID] = []
    /// The sources that have not spoken yet.
    var missingSources: [String] = []
  }

  private let policy: TenancyPolicy
  private let expectedSources: [String]
  private var sets: [String: Set<TenantID>] = [:]
  private var knownInvalid: [String: Set<String>] = [:]
  private var current: RoutingTable

  /// - Parameter expectedSources: the sources that have to speak before routing is known.
  init(policy: TenancyPolicy, expectedSources: [String]) {
    self.policy = policy
    self.expectedSources = expectedSources
    current = RoutingTable(policy: policy)
  }

  /// The sources that have not spoken yet.
  var missingSources: [String] {
    expectedSources.filter { sets[$0] == nil }
  }

  /// A source says whom it allows now.
  mutating func received(_ set: TenantSet) -> Actions {
    var actions = Actions()
    var tenants: Set<TenantID> = []
    var invalid: Set<String> = []
    for name in set.names.sorted() {
      do {
        tenants.insert(try TenantID(name))
      } catch {
        invalid.insert(name)
        if knownInvalid[set.source]?.contains(name) != true { actions.invalidNames.append(error) }
      }
    }
    knownInvalid[set.source] = invalid
    sets[set.source] = tenants
    let table = RoutingTable(policy: policy, sourceTenants: sets.values.reduce(into: []) { $0.formUnion($1) })
    if table != current {
      current = table
      actions.table = table
    }
    actions.missingSources = missingSources
    return actions
  }
}
