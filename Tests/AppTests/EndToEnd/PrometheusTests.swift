import Foundation
import TestSupport
import Testing

/// The real sender: Debian's Prometheus, the proxy, and the sandbox as its upstream.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: PrometheusProcess.binary.path),
    "Prometheus is not installed at \(PrometheusProcess.binary.path)"),
  .timeLimit(.minutes(2)))
struct PrometheusTests {
  private static let teams = ["team-a", "team-b"]

  @Test func everySampleThatPrometheusSendsArrivesWithItsTenant() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let proxy = try await ProxyProcess.start(["--sandbox", "--sandbox-port", "0"])
    let sandbox = SandboxReader(port: try await proxy.process.port(of: "sandbox"))
    let target = RemoteWriteTarget(url: "http://127.0.0.1:\(proxy.port)/api/v1/push")
    let prometheus = try await PrometheusProcess.start(in: directory, jobs: Self.teams, target: target)

    // Some scrapes of both jobs, through all the way.
    try await sandbox.wait(for: "samples of both teams") { tenants in
      Self.teams.allSatisfy { (tenants[$0]?.requests ?? 0) >= 3 }
    }
    // No more jobs: Prometheus scrapes no more once it has said yes to that.
    try await prometheus.dropJobs()
    let sent = try await prometheus.sentSamples { sent in
      try await sandbox.tenants()["0"]?.samples == sent
    }
    #expect(sent > 100)
    #expect(try await prometheus.process.terminate(within: .seconds(60)) == .code(0))

    let tenants = try await sandbox.tenants()
    #expect(Set(tenants.keys) == ["0", "team-a", "team-b"])
    #expect(tenants["0"]?.samples == sent)
    #expect(Self.teams.compactMap { tenants[$0]?.samples }.reduce(0, +) == sent)
    #expect(tenants.values.allSatisfy { $0.rejectedSamples == 0 })
    var series = 0
    for team in Self.teams {
      let own = try await sandbox.series(of: team)
      #expect(own.allSatisfy { $0.labels["tenant_id"] == team && $0.labels["job"] == team })
      series += own.count
    }
    #expect(tenants["0"]?.series == series)
    #expect(try await proxy.process.terminate() == .code(0))
  }
}
