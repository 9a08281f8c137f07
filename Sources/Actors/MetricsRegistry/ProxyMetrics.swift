package import Model

/// The instruments of the proxy. Whoever has something to count holds this object, and counts without waiting.
package final class ProxyMetrics: Sendable {
  // MARK: Names of the original kit

  /// Upstream requests, by tenant.
  package let requests = CounterFamily(
    "open_metrics_proxy_requests", help: "Requests sent upstream.", naming: .legacy,
    labels: [TenantMetricLabel.name])
  /// Series the upstream took, by tenant.
  package let series = CounterFamily(
    "open_metrics_proxy_series", help: "Series forwarded.", naming: .legacy, labels: [TenantMetricLabel.name])
  /// Loads answered with an error.
  package let failures = Counter(
    "open_metrics_proxy_failures", help: "Loads answered with an error.", naming: .legacy)
  /// Labels of all series of all loads.
  package let labels = Counter("open_metrics_proxy_labels", help: "Labels seen on series.", naming: .legacy)
  /// Portions that loads were split into: one a tenant and load.
  package let tenants = Counter(
    "open_metrics_proxy_tenants", help: "Tenant requests that loads were split into.", naming: .legacy)
  /// Metadata records of all loads.
  package let metadata = Counter(
    "open_metrics_proxy_metadata", help: "Metadata records seen.", naming: .legacy)
  /// From the head of a load to its answer, in milliseconds.
  package let processingMilliseconds = Histogram(
    "open_metrics_proxy_processing_ms", help: "Time from the arrival of a load to its answer, in milliseconds.",
    bounds: [10, 50, 100, 250, 500, 800, 1200, 2000])

  // MARK: What tenants get

  /// Samples the upstream took, by tenant.
  package let samples = CounterFamily(
    "open_metrics_proxy_samples_total", help: "Samples forwarded.", labels: [TenantMetricLabel.name])
  /// Exemplars the upstream took, by tenant.
  package let exemplars = CounterFamily(
    "open_metrics_proxy_exemplars_total", help: "Exemplars forwarded.", labels: [TenantMetricLabel.name])
  /// Samples of native histograms the upstream took, by tenant.
  package let histograms = CounterFamily(
    "open_metrics_proxy_histograms_total", help: "Native histogram samples forwarded.",
    labels: [TenantMetricLabel.name])
  /// Series dropped by the proxy, by tenant and reason. See ``countDropped(_:_:)``.
  package let droppedSeries = CounterFamily(
    "open_metrics_proxy_dropped_series_total", help: "Series that the proxy did not forward, by reason.",
    labels: [TenantMetricLabel.name, "reason"])
  /// Series that did not arrive upstream, by tenant and reason. See ``countRejected(_:of:_:)``.
  package let rejectedSeries = CounterFamily(
    "open_metrics_proxy_rejected_series_total", help: "Series that the upstream did not take, by reason.",
    labels: [TenantMetricLabel.name, "reason"])

  // MARK: The upstream

  /// Upstream requests that ended, by what came of them. See ``countUpstream(_:)``.
  package let upstreamRequests = CounterFamily(
    "open_metrics_proxy_upstream_requests_total",
    help: "Upstream requests that ended, by HTTP status, or timeout, network or cancelled.", labels: ["code"])
  /// Upstream requests that were sent again.
  package let upstreamRetries = Counter(
    "open_metrics_proxy_upstream_retries_total", help: "Upstream requests that repeated a failed one.")
  /// How long upstream requests took, in seconds.
  package let upstreamRequestSeconds = Histogram(
    "open_metrics_proxy_upstream_request_duration_seconds", help: "Duration of upstream requests.",
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20])
  /// Bytes of request bodies, as they went upstream.
  package let forwardedBytes = Counter(
    "open_metrics_proxy_forwarded_bytes_total", help: "Bytes of request bodies sent upstream.")

  /// Upstream requests that were made of several loads' shares. See ``countBatch(of:)``.
  package let batches = Counter(
    "open_metrics_proxy_batches_total", help: "Upstream requests that were made of the shares of several loads.")
  /// Shares of loads that went upstream together with others.
  package let batchedShares = Counter(
    "open_metrics_proxy_batched_shares_total", help: "Tenant requests that went upstream together with others.")

  /// Such requests whose end was not everybody's, by reason. See ``BatchDivision``.
  package let dividedBatches = CounterFamily(
    "open_metrics_proxy_divided_batches_total",
    help: "Upstream requests of several loads that were taken apart and sent again in halves, by reason.",
    labels: ["reason"])

  // MARK: The senders

  /// Bytes of request bodies, as they came.
  package let receivedBytes = Counter(
    "open_metrics_proxy_received_bytes_total", help: "Bytes of request bodies received.")
  /// Loads that were answered, by status. See ``countLoad(answeredWith:)``.
  package let loads = CounterFamily(
    "open_metrics_proxy_loads_total", help: "Loads answered, by HTTP status.", labels: ["code"])
  /// Connections that are open.
  package let connections = Gauge("open_metrics_proxy_connections", help: "Open connections.")
  /// Connections that were closed at once because there are too many.
  package let connectionsRefused = Counter(
    "open_metrics_proxy_connections_refused_total", help: "Connections refused because there were too many.")

  package init() {}

  /// All of them, to be registered.
  package var all: [any MetricCollector] {
    [
      requests, series, failures, labels, tenants, metadata, processingMilliseconds,
      samples, exemplars, histograms, droppedSeries, rejectedSeries,
      upstreamRequests, upstreamRetries, upstreamRequestSeconds, forwardedBytes,
      batches, batchedShares, dividedBatches,
      receivedBytes, loads, connections, connectionsRefused,
    ]
  }
}
