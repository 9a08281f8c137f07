import Model
import TestSupport

/// Keeps what it is told of its requests.
final class FakeReceiver: UpstreamReceiver {
  private let received = Watched<[Int: [UpstreamResult]]>([:])
  private let onCompletion: @Sendable (Int) -> Void

  /// - Parameter onCompletion: called after each end, with the request's index.
  init(onCompletion: @escaping @Sendable (Int) -> Void = { _ in }) {
    self.onCompletion = onCompletion
  }

  /// What was said of each request, by its index.
  var results: [Int: [UpstreamResult]] { received.value }

  func completed(_ index: Int, _ result: UpstreamResult) {
    received.update { $0[index, default: []].append(result) }
    onCompletion(index)
  }
}
