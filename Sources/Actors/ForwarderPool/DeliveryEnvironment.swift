import Model

/// What the deliveries of a pool have in common.
struct DeliveryEnvironment: Sendable {
  /// Where the requests go.
  let upstream: any UpstreamTransport
  /// How many requests of one load may be on their way at a time.
  let parallelism: Int
  /// When a request is tried again.
  let retries: RetryPolicy
  let time: any TimeSource
  /// Numbers in 0 ..< 1 that spread the retries.
  let random: @Sendable () -> Double
  let metrics: ProxyMetrics
}
