package import Model

/// A remote-write request on its way through the proxy.
package struct Load: Sendable {
  /// Tells the sender's requests apart.
  package var id: RequestID
  /// The body as the sender sent it.
  package var body: SharedBytes
  /// How the write request in the body is encoded.
  package var encoding: BodyEncoding
  /// The sender's `Retry-Attempt`, where it gave one.
  package var retryAttempt: String?
  /// When the request was complete. Its deadline runs from here: a slow sender takes none of the time
  /// that the upstream is given.
  package var received: MonotonicTime
  /// What the load holds of the byte budget.
  package var reservation: Reservation
  /// Who wants to know what became of it.
  package var origin: any LoadOrigin
  /// Where the load is split on the thread that it came from; `nil` where one of the pool's does that.
  var place: LanePlace?

  package init(
    id: RequestID, body: SharedBytes, encoding: BodyEncoding = .snappyBlock, retryAttempt: String?,
    received: MonotonicTime, reservation: Reservation, origin: any LoadOrigin
  ) {
    self.id = id
    self.body = body
    self.encoding = encoding
    self.retryAttempt = retryAttempt
    self.received = received
    self.reservation = reservation
    self.origin = origin
  }
}
