import Model

/// The tenants whose rules are kept in step: whoever was named once, by anybody. A tenant that is not named any more is
/// still looked at, for that it is missing somewhere proves nothing.
struct TenantDirectoryStateMachine: ~Copyable {
  /// Named on the command line, by resources or by ledgers.
  private(set) var own: Set<TenantID>
  /// Named by the ruler or the distributor.
  private(set) var foreign: Set<TenantID> = []
  private var isolation: TenantIsolation?
  private var knownInvalid: Set<String> = []

  init(configured: Set<TenantID>) {
    own = configured
  }

  /// Why nothing may be written; `nil`: it may. A ruler that takes all tenants for one is good for one tenant.
  var obstacle: String? {
    switch isolation {
    case .isolated: nil
    case .shared(let why):
      own.count > 1 ? "the ruler takes all tenants for one (auth_enabled: false), and there are several: \(why)" : nil
    case .unknown(let failure): "it is not known whether the ruler tells tenants apart: \(failure)"
    case nil: "no answer from the ruler yet"
    }
  }

  /// The tenants that may be looked at in a direction.
  func tenants(for half: SyncHalf) -> Set<TenantID> {
    guard obstacle == nil else { return [] }
    // What a ruler without tenants tells of others is one and the same.
    guard half == .tracker, isolation == .isolated else { return own }
    return own.union(foreign)
  }

  /// Resources or ledgers name tenants.
  mutating func named(_ tenants: some Sequence<TenantID>) {
    own.formUnion(tenants)
  }

  /// The ruler or the distributor name tenants.
  ///
  /// - Returns: names that are no tenant IDs, which were not named before.
  mutating func rulerNamed(_ names: Set<String>) -> [InvalidTenantID] {
    var invalid: [InvalidTenantID] = []
    for name in names.sorted() {
      do {
        foreign.insert(try TenantID(name))
      } catch {
        if knownInvalid.insert(name).inserted { invalid.append(error) }
      }
    }
    return invalid
  }

  /// It was looked at whether the ruler tells tenants apart. What was once found out is not forgotten because of one
  /// answer that does not tell.
  mutating func found(_ isolation: TenantIsolation) {
    if case .unknown = isolation, case .isolated = self.isolation { return }
    if case .unknown = isolation, case .shared = self.isolation { return }
    self.isolation = isolation
  }
}
