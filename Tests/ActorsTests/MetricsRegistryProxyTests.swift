import Actors
import Foundation
import Testing

@testable import Model

struct MetricsRegistryProxyTests {
  /// What linters find wrong with names that the original kit gave, and that stay.
  private static let knownFindings = [
    "open_metrics_proxy_requests", "open_metrics_proxy_series", "open_metrics_proxy_failures",
    "open_metrics_proxy_labels", "open_metrics_proxy_tenants", "open_metrics_proxy_metadata",
    "open_metrics_proxy_processing_ms",
  ]

  @Test func everyMetricIsRegistered() async throws {
    let output = try await render(try Self.usedMetrics(), .text)
    let names = output.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
    #expect(
      names.map { String($0) } == [
        "open_metrics_proxy_requests", "open_metrics_proxy_series", "open_metrics_proxy_failures",
        "open_metrics_proxy_labels", "open_metrics_proxy_tenants", "open_metrics_proxy_metadata",
        "open_metrics_proxy_processing_ms", "open_metrics_proxy_samples_total", "open_metrics_proxy_exemplars_total",
        "open_metrics_proxy_histograms_total", "open_metrics_proxy_dropped_series_total",
        "open_metrics_proxy_rejected_series_total", "open_metrics_proxy_upstream_requests_total",
        "open_metrics_proxy_upstream_retries_total", "open_metrics_proxy_upstream_request_duration_seconds",
        "open_metrics_proxy_forwarded_bytes_total", "open_metrics_proxy_batches_total",
        "open_metrics_proxy_batched_shares_total", "open_metrics_proxy_divided_batches_total",
        "open_metrics_proxy_received_bytes_total",
        "open_metrics_proxy_loads_total", "open_metrics_proxy_connections",
        "open_metrics_proxy_connections_refused_total", "open_metrics_build_info",
      ])
  }

  @Test(arguments: [
    "open_metrics_proxy_series{tenant_id=\"acme\"} 2",
    "open_metrics_proxy_samples_total{tenant_id=\"acme\"} 5",
    "open_metrics_proxy_exemplars_total{tenant_id=\"acme\"} 1",
    "open_metrics_proxy_histograms_total{tenant_id=\"acme\"} 4",
    "open_metrics_proxy_dropped_series_total{tenant_id=\"acme\",reason=\"not_allowed\"} 3",
    "open_metrics_proxy_dropped_series_total{tenant_id=\"\",reason=\"invalid_tenant\"} 1",
    "open_metrics_proxy_dropped_series_total{tenant_id=\"\",reason=\"no_tenant\"} 2",
    "open_metrics_proxy_rejected_series_total{tenant_id=\"acme\",reason=\"rate_limited\"} 1",
    "open_metrics_proxy_rejected_series_total{tenant_id=\"acme\",reason=\"refused\"} 1",
    "open_metrics_proxy_rejected_series_total{tenant_id=\"acme\",reason=\"unavailable\"} 1",
    "open_metrics_proxy_upstream_requests_total{code=\"204\"} 1",
    "open_metrics_proxy_upstream_requests_total{code=\"timeout\"} 1",
    "open_metrics_proxy_upstream_requests_total{code=\"network\"} 1",
    "open_metrics_proxy_upstream_requests_total{code=\"cancelled\"} 1",
    "open_metrics_proxy_batches_total 1",
    "open_metrics_proxy_batched_shares_total 3",
    "open_metrics_proxy_divided_batches_total{reason=\"timeout\"} 1",
    "open_metrics_proxy_loads_total{code=\"200\"} 1",
    "open_metrics_proxy_loads_total{code=\"400\"} 1",
    "open_metrics_proxy_loads_total{code=\"503\"} 1",
    "open_metrics_proxy_failures 2",
    "open_metrics_proxy_processing_ms_bucket{le=\"50\"} 1",
    "open_metrics_proxy_connections 1",
    "open_metrics_build_info{version=\"1.2.3\",role=\"proxy\"} 1",
  ])
  func countsWhatHappened(line: String) async throws {
    let lines = try await render(try Self.usedMetrics(), .text).split(separator: "\n")
    #expect(lines.contains { $0 == line })
  }

  @Test func whatATenantNeverSentIsNotShown() async throws {
    let metrics = ProxyMetrics()
    metrics.countForwarded(PortionContents(series: 1), to: try TenantID("acme"))
    let output = try await render(metrics, .text)
    #expect(output.contains("open_metrics_proxy_samples_total{tenant_id=\"acme\"} 0\n"))
    #expect(!output.contains("exemplars"))
    #expect(!output.contains("histograms"))
  }

  @Test func originalNamesStayInOpenMetrics() async throws {
    let output = try await render(try Self.usedMetrics(), .openMetrics)
    for name in Self.knownFindings.dropLast() {
      #expect(output.contains("# TYPE \(name) unknown\n"))
    }
    #expect(output.contains("# TYPE open_metrics_proxy_samples counter\n"))
    #expect(output.hasSuffix("# EOF\n"))
  }

  // MARK: The opinion of Prometheus' own tool

  @Test(.enabled(if: promtool != nil, "promtool is not installed"))
  func promtoolFindsNothingNew() async throws {
    let run = try Self.run(["check", "metrics"], input: try await render(try Self.usedMetrics(), .text))
    let findings = run.output.split(separator: "\n")
    let unknown = findings.filter { finding in !Self.knownFindings.contains { finding.hasPrefix($0 + " ") } }
    #expect(unknown.isEmpty, "promtool check metrics ended with \(run.status):\n\(run.output)")
    #expect([0, 3].contains(run.status), "promtool check metrics ended with \(run.status):\n\(run.output)")
  }

  /// Prometheus' parser of OpenMetrics, by way of the tool that makes blocks of it. That one wants timestamps.
  @Test(.enabled(if: promtool != nil, "promtool is not installed"))
  func promtoolReadsOpenMetrics() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appendingPathComponent("metrics.txt")
    let stamped = try await render(try Self.usedMetrics(), .openMetrics).split(separator: "\n")
      .map { $0.hasPrefix("#") ? "\($0)\n" : "\($0) 1700000000\n" }
    try stamped.joined().write(to: file, atomically: true, encoding: .utf8)
    let arguments = ["tsdb", "create-blocks-from", "openmetrics", file.path, directory.path]
    let run = try Self.run(arguments, input: "")
    #expect(run.status == 0, "promtool tsdb create-blocks-from ended with \(run.status):\n\(run.output)")
  }

  private static let promtool = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/promtool" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private static func run(_ arguments: [String], input: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(promtool))
    process.arguments = arguments
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardOutput
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  // MARK: Material

  private func render(_ metrics: ProxyMetrics, _ format: ExpositionFormat) async throws -> String {
    let registry = MetricsRegistry()
    try await registry.register(metrics.all + [BuildInfo(version: "1.2.3", role: "proxy")])
    return String(decoding: await registry.render(format), as: UTF8.self)
  }

  /// Instruments that have all counted something.
  private static func usedMetrics() throws -> ProxyMetrics {
    let metrics = ProxyMetrics()
    let acme = try TenantID("acme")
    metrics.requests.with(acme.name).increment()
    metrics.countForwarded(PortionContents(series: 2, samples: 5, exemplars: 1, histograms: 4), to: acme)
    metrics.countDropped(3, DroppedSeriesReason(.notAllowed(acme)))
    metrics.countDropped(1, DroppedSeriesReason(.invalid(InvalidTenantID(name: "a/b", reason: .tooLong))))
    metrics.countDropped(2, .noTenant)
    for reason in RejectedSeriesReason.allCases { metrics.countRejected(1, of: acme, reason) }
    let failures: [UpstreamFailure] = [.timeout, .network("no route"), .cancelled]
    for failure in failures { metrics.countUpstream(.failure(failure)) }
    metrics.countUpstream(.response(UpstreamResponse(status: 204)))
    for status in [200, 400, 503] { metrics.countLoad(answeredWith: status) }
    metrics.labels.increment(by: 12)
    metrics.tenants.increment(by: 2)
    metrics.metadata.increment()
    metrics.processingMilliseconds.observe(20)
    metrics.upstreamRetries.increment()
    metrics.countBatch(of: 3)
    metrics.dividedBatches.with("timeout").increment()
    metrics.upstreamRequestSeconds.observe(0.3)
    metrics.receivedBytes.increment(by: 1000)
    metrics.forwardedBytes.increment(by: 2000)
    metrics.connections.increment()
    metrics.connectionsRefused.increment()
    return metrics
  }
}
