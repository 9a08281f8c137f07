/// The body of an answer that is still coming, for its reader: the request ends when nobody holds this any more.
final class CurlBody: Sendable {
  private let exchange: CurlExchange
  private let silence: Duration

  /// - Parameter silence: how long the reader waits for a piece.
  init(_ exchange: CurlExchange, silence: Duration) {
    self.exchange = exchange
    self.silence = silence
  }

  deinit {
    exchange.giveUp(.cancelled)
  }

  /// The next piece; `nil` after the last.
  func next() async throws(HTTPFailure) -> [UInt8]? {
    guard case .body(let piece) = try await exchange.next(within: silence) else { return nil }
    return piece
  }
}
