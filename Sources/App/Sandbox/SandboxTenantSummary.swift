import Model

/// A tenant as `GET /sandbox/tenants` reports it.
struct SandboxTenantSummary: Encodable, Sendable, Equatable {
  let tenant: String
  /// The number of series with a sample.
  let series: Int
  let samples: Int
  let exemplars: Int
  let histograms: Int
  let metadata: Int
  let requests: Int
  let rejectedSamples: Int
  /// In RFC 3339; left out where nothing was ever taken.
  let lastWrite: String?

  init(_ tenant: SandboxTenant) {
    self.tenant = tenant.id.name
    series = tenant.series.count
    samples = tenant.counts.samples
    exemplars = tenant.counts.exemplars
    histograms = tenant.counts.histograms
    metadata = tenant.counts.metadata
    requests = tenant.counts.requests
    rejectedSamples = tenant.counts.rejectedSamples
    lastWrite = tenant.lastWrite.map { GoText.time(milliseconds: Int64(($0 * 1000).rounded())) }
  }
}
