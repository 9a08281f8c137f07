import Model
import TestSupport
import Transport

/// A ``CurlUpstream`` that runs for one test.
final class RunningUpstream: Sendable {
  let upstream: CurlUpstream
  private let running: Task<Void, Never>

  /// - Parameter configure: changes what the test is about.
  init(url: String, _ configure: (inout CurlUpstreamConfiguration) -> Void = { _ in }) {
    var configuration = CurlUpstreamConfiguration(url: url, userAgent: "tests/1")
    configure(&configuration)
    let upstream = CurlUpstream(configuration: configuration, time: SystemTime())
    self.upstream = upstream
    running = Task { await upstream.run() }
  }

  deinit {
    running.cancel()
  }

  /// Sends requests with these indices.
  func send(
    _ indices: some Sequence<Int>, to results: UpstreamResults, tenant: String = "acme",
    timeout: Duration = .seconds(30)
  ) throws {
    let tenant = try TenantID(tenant)
    upstream.send(
      indices.map { index in
        UpstreamRequest(
          index: index, tenant: tenant, body: SharedBytes(Array("body \(index)".utf8)), retryAttempt: nil,
          timeout: timeout)
      }, reportingTo: results)
  }

  /// Sends one request and returns how it ended.
  func result(timeout: Duration = .seconds(30)) async throws -> UpstreamResult? {
    let results = UpstreamResults()
    try send([0], to: results, timeout: timeout)
    return try await results.wait(for: 1)[0]
  }

  /// Ends it, and all that is on its way.
  func stop() async {
    running.cancel()
    await running.value
  }
}
