/// The choice of tenants the plain way: decoded messages, and one step after the other in the words
/// of the contract with users.
package struct ReferenceRouter {
  /// One entry a tenant that gets something: default tenants, then the others in the order in which
  /// the load names them.
  package private(set) var shares: [ReferenceShare] = []
  /// How many series name a tenant that an allow list lacks, by name in UTF-8.
  package private(set) var notAllowed: [[UInt8]: Int] = [:]
  /// How many series have a value that is no tenant ID, by value in UTF-8.
  package private(set) var invalid: [[UInt8]: Int] = [:]
  /// How many series no tenant gets.
  package private(set) var dropped = 0

  private let rules: ReferenceRules

  package init(_ load: Prometheus_WriteRequest, by rules: ReferenceRules) {
    self.rules = rules
    let chosen = load.timeseries.map { tenants(of: $0) }
    for (index, tenants) in chosen.enumerated() { count(load.timeseries[index], tenants) }
    for tenant in receivers(chosen, load) {
      let series = load.timeseries.indices.filter { chosen[$0].contains(tenant) }
      shares.append(share(of: tenant, series, load))
    }
  }

  /// "Which tenants get a series": the default tenants; the value of every tenant label, where an
  /// allow list is in force only values on it; where there is no value, the fallback tenant; a tenant once, however many
  /// ways chose it. An empty label value is the same as no label.
  private func tenants(of series: Prometheus_TimeSeries) -> [String] {
    let fallback = values(of: series).isEmpty ? [rules.fallbackTenant].compactMap(\.self) : []
    let named = values(of: series).filter { Self.isTenantID($0) && (allowList?.contains($0) ?? true) }
    var once: [String] = []
    for tenant in rules.defaultTenants + named + fallback where !once.contains(tenant) { once.append(tenant) }
    return once
  }

  private func values(of series: Prometheus_TimeSeries) -> [String] {
    series.labels.filter { isTenantLabel($0) && !$0.value.isEmpty }.map(\.value)
  }

  /// Names are the same where their bytes are: Swift's `==` would take é for e and an accent.
  private func isTenantLabel(_ label: Prometheus_Label) -> Bool {
    rules.tenantLabels.contains { $0.utf8.elementsEqual(label.name.utf8) }
  }

  /// The union of the command line's and every resource's tenants, where there is either.
  private var allowList: Set<String>? {
    rules.allowedTenants == nil && rules.sourceTenants == nil
      ? nil : Set((rules.allowedTenants ?? []) + (rules.sourceTenants ?? []))
  }

  private mutating func count(_ series: Prometheus_TimeSeries, _ tenants: [String]) {
    if tenants.isEmpty { dropped += 1 }
    for bytes in Set(values(of: series).map { Array($0.utf8) }) {
      let value = String(decoding: bytes, as: UTF8.self)
      if !Self.isTenantID(value) {
        invalid[bytes, default: 0] += 1
      } else if !tenants.contains(value) {
        notAllowed[bytes, default: 0] += 1
      }
    }
  }

  /// Metadata that comes with series goes to every tenant of the load; metadata alone goes to the
  /// default tenants and to the fallback tenant.
  private func receivers(_ chosen: [[String]], _ load: Prometheus_WriteRequest) -> [String] {
    guard !load.timeseries.isEmpty || !load.metadata.isEmpty else { return [] }
    var receivers = rules.defaultTenants
    let named = zip(load.timeseries, chosen).filter { !values(of: $0.0).isEmpty }.flatMap(\.1)
    let fallback = load.timeseries.isEmpty ? [rules.fallbackTenant].compactMap(\.self) : []
    for tenant in named + chosen.joined() + fallback where !receivers.contains(tenant) { receivers.append(tenant) }
    return receivers
  }

  private func share(of tenant: String, _ series: [Int], _ load: Prometheus_WriteRequest) -> ReferenceShare {
    var request = Prometheus_WriteRequest()
    request.timeseries = series.map { withoutTenantLabels(load.timeseries[$0]) }
    request.metadata = load.metadata
    return ReferenceShare(
      tenant: tenant, isDefault: rules.defaultTenants.contains(tenant), series: series, request: request)
  }

  private func withoutTenantLabels(_ series: Prometheus_TimeSeries) -> Prometheus_TimeSeries {
    guard rules.removesTenantLabels else { return series }
    var series = series
    series.labels.removeAll(where: isTenantLabel)
    return series
  }

  /// What both Cortex and Mimir take.
  private static func isTenantID(_ name: String) -> Bool {
    let characters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!-_.*'()")
    return name.allSatisfy(characters.contains) && name.utf8.count <= 150
      && ![".", "..", "__markers__", "user-index.json.gz", "__mimir_cluster"].contains(name)
  }
}
