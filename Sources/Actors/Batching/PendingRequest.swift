import Model

/// A request that somebody waits for, on its way or not.
struct PendingRequest: Sendable {
  /// As its receiver gave it.
  let request: UpstreamRequest
  /// Who is told how it ended.
  let receiver: any UpstreamReceiver
  /// When it was given.
  let arrival: MonotonicTime
  /// When it has to be over.
  let deadline: MonotonicTime
  /// The length of its body before compression, in bytes.
  let length: Int
}
