import Model

/// Why a batch's end is not to be taken for that of each of its requests.
enum BatchDivision: String, Sendable {
  /// Something was said against the contents: of all of them, and of none.
  case refused
  /// It was more than the upstream takes at once, although each of the requests might not have been.
  case rateLimited = "rate_limited"
  /// The time of one of its requests ran out, while others have some left.
  case timeout

  /// - Returns: `nil` where the end is everybody's: there is one request only, or nothing is said of the contents. After a
  ///   429 that says when to come again everybody waits; those that have waited are taken apart, lest a batch that is
  ///   always too large never gets through.
  init?(_ batch: Batch, _ result: UpstreamResult, now: MonotonicTime) {
    guard batch.isJoined, !batch.requests.isEmpty else { return nil }
    switch result {
    case .response(let response) where response.status == 429:
      guard response.retryAfter == nil || batch.key.isRepeated else { return nil }
      self = .rateLimited
    case .response(let response) where 400..<500 ~= response.status && response.status != 408:
      self = .refused
    case .failure(.timeout) where now >= batch.deadline:
      self = .timeout
    case .response, .failure:
      return nil
    }
  }
}
