package import Model

/// An upstream without a network: a test sees every request, and says how and when each of them ends.
package final class FakeUpstream: UpstreamTransport {
  /// How a request ends at once; `nil` where the test ends it later.
  package typealias Script = @Sendable (UpstreamRequest) -> UpstreamResult?

  private struct Sent {
    let request: UpstreamRequest
    let receiver: any UpstreamReceiver
    var isEnded = false
  }

  private struct State {
    var sent: [Sent] = []
    var cancellations = 0
    var reportedRequests = 0
    var reportedCancellations = 0
  }

  private let state = Watched(State())
  private let script: Script
  private let beforeSending: @Sendable () -> Void
  private let obeysCancellation: Bool

  /// - Parameters:
  ///   - obeysCancellation: whether cancelled requests end at once. Otherwise the test ends them: a real
  ///     upstream takes its time, and an answer may be there before it.
  ///   - script: asked for every request.
  ///   - beforeSending: runs when requests are handed over and before they count as sent.
  package init(
    obeysCancellation: Bool = true, script: @escaping Script = { _ in nil },
    beforeSending: @escaping @Sendable () -> Void = {}
  ) {
    self.obeysCancellation = obeysCancellation
    self.beforeSending = beforeSending
    self.script = script
  }

  /// All requests so far.
  package var requests: [UpstreamRequest] { state.value.sent.map(\.request) }

  /// How many requests have not ended yet.
  package var openCount: Int { state.value.sent.count { !$0.isEnded } }

  /// How often somebody gave up all requests.
  package var cancellationCount: Int { state.value.cancellations }

  package func send(_ requests: [UpstreamRequest], reportingTo receiver: any UpstreamReceiver) {
    beforeSending()
    state.update { state in
      state.sent += requests.map { Sent(request: $0, receiver: receiver) }
    }
    for request in requests {
      guard let result = script(request) else { continue }
      end(with: result) { $0.receiver === receiver && $0.request.index == request.index }
    }
  }

  package func cancelRequests(of receiver: any UpstreamReceiver) {
    if obeysCancellation { while end(with: .failure(.cancelled), { $0.receiver === receiver }) {} }
    state.update { $0.cancellations += 1 }
  }

  // MARK: For the test

  /// Returns the next requests that this has not told of yet, as soon as there are `count` of them.
  package func nextRequests(_ count: Int = 1) async throws -> [UpstreamRequest] {
    let first = state.update { state in
      defer { state.reportedRequests += count }
      return state.reportedRequests
    }
    let sent = try await state.wait(for: "\(first + count) upstream requests") { $0.sent.count >= first + count }.sent
    return sent[first..<(first + count)].map(\.request)
  }

  /// Returns as soon as somebody gave up requests once more than this has told of.
  package func nextCancellation() async throws {
    let number = state.update { state in
      state.reportedCancellations += 1
      return state.reportedCancellations
    }
    try await state.wait(for: "cancellation \(number)") { $0.cancellations >= number }
  }

  /// Ends the open request to a tenant.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  package func complete(_ tenant: String, with result: UpstreamResult) -> Bool {
    end(with: result) { $0.request.tenant.name == tenant }
  }

  /// Ends the open request to a tenant with a status.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  package func complete(_ tenant: String, status: Int, retryAfter: Duration? = nil, message: String = "") -> Bool {
    complete(tenant, with: .response(UpstreamResponse(status: status, retryAfter: retryAfter, message: message)))
  }

  @discardableResult
  private func end(with result: UpstreamResult, _ isMeant: (Sent) -> Bool) -> Bool {
    let ended = state.update { state -> Sent? in
      guard let index = state.sent.firstIndex(where: { !$0.isEnded && isMeant($0) }) else { return nil }
      state.sent[index].isEnded = true
      return state.sent[index]
    }
    guard let ended else { return false }
    // Not under the lock: whoever hears of it may send again at once.
    ended.receiver.completed(ended.request.index, result)
    return true
  }
}
