import Model

/// A request that somebody waits for, on its way or not.
struct PendingRequest: Sendable {
  /// As its receiver gave it.
  let request: UpstreamRequest
  /// Who is told how it ended.
  let receiver: any UpstreamReceiver
  /// When it has to be over.
  let deadline: MonotonicTime
  /// The length of its body before compression, in bytes.
  let length: Int

  /// Whether it is to be sent by itself: what has failed before, be it the sender who says so, must not take others
  /// with it, nor fail for others once more.
  var goesAlone: Bool { request.isRetry || request.retryAttempt != nil }
}
