import Model
import TestSupport

/// Keeps what became of requests.
final class UpstreamResults: UpstreamReceiver {
  /// The results by the request's index; more than one for an index would be a mistake.
  let results = Watched<[Int: [UpstreamResult]]>([:])

  func completed(_ index: Int, _ result: UpstreamResult) {
    results.update { $0[index, default: []].append(result) }
  }

  /// Waits until so many requests have ended.
  ///
  /// - Returns: how each of them ended.
  func wait(for count: Int) async throws -> [Int: UpstreamResult] {
    try await results.wait(for: "\(count) results", within: .seconds(30)) { $0.count >= count }
      .compactMapValues { $0.count == 1 ? $0[0] : nil }
  }
}
