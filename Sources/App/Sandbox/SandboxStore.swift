import Model

/// What the sandbox holds: the tenants, and the newest sample of each of their series.
struct SandboxStore: Sendable {
  private let limits: SandboxLimits
  private let time: any TimeSource
  private var tenants: [TenantID: SandboxTenant] = [:]
  private var labelBytes = 0

  init(limits: SandboxLimits, time: any TimeSource) {
    self.limits = limits
    self.time = time
  }

  /// Takes what is valid of a tenant's request. The tenant is known from then on, even where nothing
  /// was.
  ///
  /// - Returns: the fault to answer with; `nil` where all was taken.
  mutating func write(_ request: SandboxWriteRequest, of tenant: TenantID) -> SandboxRefusal? {
    guard tenants[tenant] != nil || tenants.count < limits.maximumTenants else {
      return .invalid("sandbox limit of \(limits.maximumTenants) tenants exceeded")
    }
    let new = SandboxTenant(tenant, rate: limits.ingestionRate, at: time.now)
    return tenants[tenant, default: new].write(request, limits: limits, time: time, labelBytes: &labelBytes)
  }

  /// The tenants, by name.
  var summaries: [SandboxTenantSummary] {
    tenants.values.map(SandboxTenantSummary.init).sorted { $0.tenant < $1.tenant }
  }

  /// The tenants that have something stored, as Cortex' distributor reports them; by name.
  var userStats: [SandboxUserStats] {
    let now = time.now
    return tenants.values.filter { !$0.series.isEmpty || $0.counts.metadata > 0 }
      .map { SandboxUserStats($0, at: now) }.sorted { $0.userID < $1.userID }
  }

  /// The series of a tenant, by their labels; `nil` where the tenant is not known.
  func series(of tenant: TenantID) -> [SandboxSeriesSummary]? {
    tenants[tenant]?.series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { SandboxSeriesSummary(labels: $0.key, newest: $0.value) }
  }
}
