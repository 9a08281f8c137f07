import Model
import TestSupport

/// Counts what was handed to another transport, so that a test can wait until it is there.
final class CountingUpstream: UpstreamTransport {
  private let upstream: any UpstreamTransport
  private let count = Watched(0)

  init(_ upstream: any UpstreamTransport) {
    self.upstream = upstream
  }

  func send(_ requests: [UpstreamRequest], reportingTo receiver: any UpstreamReceiver) {
    upstream.send(requests, reportingTo: receiver)
    count.update { $0 += requests.count }
  }

  func cancelRequests(of receiver: any UpstreamReceiver) {
    upstream.cancelRequests(of: receiver)
  }

  /// Returns as soon as there have been so many requests.
  func requests(_ total: Int) async throws {
    _ = try await count.wait(for: "\(total) requests handed over") { $0 >= total }
  }
}
