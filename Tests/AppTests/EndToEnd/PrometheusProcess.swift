import Foundation
import TestSupport

/// A real Prometheus that scrapes the proxy and writes to it.
final class PrometheusProcess: Sendable {
  /// Where Debian's package puts it.
  static let binary = URL(filePath: "/usr/bin/prometheus")

  let process: ChildProcess

  private let configuration: URL
  private let port: Int
  private let proxyPort: Int

  private init(_ process: ChildProcess, configuration: URL, port: Int, proxyPort: Int) {
    self.process = process
    self.configuration = configuration
    self.port = port
    self.proxyPort = proxyPort
  }

  /// Starts Prometheus with a job a tenant, both scraping the proxy's own metrics.
  static func start(in directory: URL, jobs: [String], proxyPort: Int) async throws -> PrometheusProcess {
    let configuration = directory.appending(path: "prometheus.yml")
    try text(jobs, proxyPort).write(to: configuration, atomically: true, encoding: .utf8)
    let port = try FreePort.find()
    let process = try ChildProcess(
      Self.binary,
      [
        "--config.file=\(configuration.path)", "--storage.tsdb.path=\(directory.appending(path: "data").path)",
        "--web.listen-address=127.0.0.1:\(port)", "--web.enable-lifecycle",
      ])
    try await process.errorLine(matching: "Server is ready to receive web requests", within: .seconds(60))
    return PrometheusProcess(process, configuration: configuration, port: port, proxyPort: proxyPort)
  }

  /// Has Prometheus forget its jobs.
  func dropJobs() async throws {
    try Self.text([], proxyPort).write(to: configuration, atomically: true, encoding: .utf8)
    let reply = try await HTTPProbe.request("POST", "/-/reload", port: port, within: .seconds(60))
    guard reply.status == 200 else { throw MalformedReply(description: "reload: \(reply.text)") }
  }

  /// The number of samples that Prometheus says were taken, once nothing is on its way any more.
  ///
  /// - Parameter isArrived: whether so many have arrived.
  func sentSamples(until isArrived: (Int) async throws -> Bool) async throws -> Int {
    let deadline = ContinuousClock.now + .seconds(60)
    var sent = 0
    while ContinuousClock.now < deadline {
      let metrics = MetricsText(try await HTTPProbe.request("GET", "/metrics", port: port).text)
      func count(_ name: String) -> Int { Int(metrics.sum(of: "prometheus_remote_storage_samples_" + name)) }
      sent = count("total") - count("failed_total") - count("retried_total")
      let stored = Int(metrics.sum(of: "prometheus_tsdb_head_samples_appended_total"))
      if stored == sent, count("pending") == 0, try await isArrived(sent) { return sent }
    }
    throw DeadlineExceeded(what: "all samples to arrive", limit: .seconds(60), state: "\(sent) sent")
  }

  private static func text(_ jobs: [String], _ proxyPort: Int) -> String {
    let scrapes = jobs.map { job in
      """
      - job_name: \(job)
        static_configs:
        - targets: ["127.0.0.1:\(proxyPort)"]
          labels: { tenant_id: \(job) }
      """
    }
    return """
      global:
        scrape_interval: 500ms
        scrape_timeout: 500ms
      remote_write:
      - url: http://127.0.0.1:\(proxyPort)/api/v1/push
        queue_config: { batch_send_deadline: 100ms }
        metadata_config: { send_interval: 1s }
      scrape_configs:
      \(scrapes.joined(separator: "\n"))
      """
  }
}
