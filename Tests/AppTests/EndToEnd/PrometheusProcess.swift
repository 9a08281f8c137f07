import Foundation
import TestSupport

/// A real Prometheus that scrapes itself and writes to the proxy.
final class PrometheusProcess: Sendable {
  /// Where Debian's package puts it.
  static let binary = URL(filePath: "/usr/bin/prometheus")

  let process: ChildProcess

  private let configuration: URL
  private let port: Int
  private let target: RemoteWriteTarget

  private init(_ process: ChildProcess, configuration: URL, port: Int, target: RemoteWriteTarget) {
    self.process = process
    self.configuration = configuration
    self.port = port
    self.target = target
  }

  /// Starts Prometheus with a job a tenant, all of them scraping its own metrics.
  static func start(in directory: URL, jobs: [String], target: RemoteWriteTarget) async throws -> PrometheusProcess {
    let configuration = directory.appending(path: "prometheus.yml")
    let port = try FreePort.find()
    try text(jobs, port, target).write(to: configuration, atomically: true, encoding: .utf8)
    let process = try ChildProcess(
      Self.binary,
      [
        "--config.file=\(configuration.path)", "--storage.tsdb.path=\(directory.appending(path: "data").path)",
        "--web.listen-address=127.0.0.1:\(port)", "--web.enable-lifecycle",
      ])
    try await process.errorLine(matching: "Server is ready to receive web requests", within: .seconds(60))
    return PrometheusProcess(process, configuration: configuration, port: port, target: target)
  }

  /// Has Prometheus forget its jobs.
  func dropJobs() async throws {
    try Self.text([], port, target).write(to: configuration, atomically: true, encoding: .utf8)
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

  /// The sum of a metric of Prometheus' own over all its series.
  func metric(_ name: String) async throws -> Double {
    MetricsText(try await HTTPProbe.request("GET", "/metrics", port: port).text).sum(of: name)
  }

  private static func text(_ jobs: [String], _ port: Int, _ target: RemoteWriteTarget) -> String {
    let scrapes = jobs.map { job in
      """
      - job_name: \(job)
        static_configs:
        - targets: ["127.0.0.1:\(port)"]
          labels: { tenant_id: \(job) }
      """
    }
    return """
      global:
        scrape_interval: 500ms
        scrape_timeout: 500ms
      remote_write:
      - url: \(target.url)
        queue_config: { batch_send_deadline: 100ms }
        metadata_config: { send_interval: 1s }
        \(target.settings)
      scrape_configs:
      \(scrapes.joined(separator: "\n"))
      """
  }
}
