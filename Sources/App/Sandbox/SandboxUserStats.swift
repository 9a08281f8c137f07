import Model

/// A tenant as Cortex' `GET /distributor/all_user_stats` reports it.
///
/// Source: Cortex `pkg/ingester/http_admin.go`.
struct SandboxUserStats: Encodable, Sendable {
  let userID: String
  /// Samples a second.
  let ingestionRate: Double
  let numSeries: Int
  let apiIngestionRate: Double
  let ruleIngestionRate: Double
  let activeSeries: Int
  let loadedBlocks: Int
  let queriedIngesters: Int

  private enum CodingKeys: String, CodingKey {
    case userID, ingestionRate, numSeries
    case apiIngestionRate = "APIIngestionRate"
    case ruleIngestionRate = "RuleIngestionRate"
    case activeSeries, loadedBlocks, queriedIngesters
  }

  init(_ tenant: SandboxTenant, at now: MonotonicTime) {
    userID = tenant.id.name
    ingestionRate = tenant.ingestionRate(at: now)
    numSeries = tenant.series.count
    apiIngestionRate = ingestionRate
    ruleIngestionRate = 0
    activeSeries = tenant.series.count
    loadedBlocks = 0
    queriedIngesters = 1
  }
}
