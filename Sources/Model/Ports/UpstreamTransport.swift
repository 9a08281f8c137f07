/// Sends remote-write requests to the upstream (Cortex's distributor).
package protocol UpstreamTransport: Sendable {
  /// Starts requests, and returns at once. Each of them ends in exactly one call of
  /// ``UpstreamReceiver/completed(_:_:)``, on any thread.
  func send(_ requests: [UpstreamRequest], reportingTo receiver: any UpstreamReceiver)

  /// Ends all requests of a receiver that have not ended yet, with ``UpstreamFailure/cancelled``.
  func cancelRequests(of receiver: any UpstreamReceiver)
}

/// Takes what became of requests.
package protocol UpstreamReceiver: AnyObject, Sendable {
  /// The request with this index has ended. Must return soon: the caller is the transport's thread.
  func completed(_ index: Int, _ result: UpstreamResult)
}
