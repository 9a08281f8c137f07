import Model
import TestSupport

/// Keeps what it is told of its requests.
final class FakeReceiver: UpstreamReceiver {
  private let received = Watched<[Int: [UpstreamResult]]>([:])

  /// What was said of each request, by its index.
  var results: [Int: [UpstreamResult]] { received.value }

  func completed(_ index: Int, _ result: UpstreamResult) {
    received.update { $0[index, default: []].append(result) }
  }
}
