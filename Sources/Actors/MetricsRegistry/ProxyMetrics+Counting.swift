package import Model

/// What happens in the proxy, in terms of its instruments.
extension ProxyMetrics {
  /// The upstream took a tenant's share of a load. Tenants that never sent exemplars or native histograms get no
  /// counters of those.
  package func countForwarded(_ contents: PortionContents, to tenant: TenantID) {
    series.with(tenant.name).increment(by: contents.series)
    samples.with(tenant.name).increment(by: contents.samples)
    if contents.exemplars > 0 { exemplars.with(tenant.name).increment(by: contents.exemplars) }
    if contents.histograms > 0 { histograms.with(tenant.name).increment(by: contents.histograms) }
  }

  /// A load was split.
  package func countSplit(_ split: SplitLoad) {
    labels.increment(by: split.labels)
    metadata.increment(by: split.metadata)
    tenants.increment(by: split.portions.count)
    for refusal in split.refusals { countDropped(refusal.series, DroppedSeriesReason(refusal.reason)) }
    if split.unroutedSeries > 0 { countDropped(split.unroutedSeries, .noTenant) }
  }

  /// A tenant's share of a load has ended.
  package func countOutcome(_ outcome: TenantOutcome, _ contents: PortionContents) {
    switch outcome.severity {
    case .delivered: countForwarded(contents, to: outcome.tenant)
    case .rateLimited: countRejected(contents.series, of: outcome.tenant, .rateLimited)
    case .refused: countRejected(contents.series, of: outcome.tenant, .refused)
    case .unavailable: countRejected(contents.series, of: outcome.tenant, .unavailable)
    }
  }

  /// The proxy dropped series.
  package func countDropped(_ series: Int, _ reason: DroppedSeriesReason) {
    droppedSeries.with(reason.tenantLabel, reason.label).increment(by: series)
  }

  /// The upstream did not take series of a tenant.
  package func countRejected(_ series: Int, of tenant: TenantID, _ reason: RejectedSeriesReason) {
    rejectedSeries.with(tenant.name, reason.rawValue).increment(by: series)
  }

  /// An upstream request ended.
  package func countUpstream(_ result: UpstreamResult) {
    upstreamRequests.with(Self.code(of: result)).increment()
  }

  /// An upstream request was made of several.
  package func countBatch(of shares: Int) {
    batches.increment()
    batchedShares.increment(by: shares)
  }

  /// A load was answered with an HTTP status.
  package func countLoad(answeredWith status: Int) {
    loads.with(String(status)).increment()
    if status >= 400 { failures.increment() }
  }

  private static func code(of result: UpstreamResult) -> String {
    switch result {
    case .response(let response): String(response.status)
    case .failure(.timeout): "timeout"
    case .failure(.network): "network"
    case .failure(.cancelled): "cancelled"
    }
  }
}
