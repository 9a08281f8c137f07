/// The far end of a connection as its transport sees it. All calls are made on the connection's
/// executor (``ConnectionTransport/executor``), in the order in which things happened.
///
/// Every request that began is answered by one call of ``ConnectionTransport/respond(to:with:)``,
/// during one of these calls or later, unless it is aborted before.
package protocol ConnectionHandler: Sendable {
  /// A request's head has arrived.
  func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision

  /// More of the body has arrived. Asked only where the last decision was to collect.
  ///
  /// - Parameter count: how many bytes more.
  func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision

  /// The request is complete. `body` is empty where it was discarded.
  func requestEnded(_ id: RequestID, body: SharedBytes)

  /// The request will not be completed, or its answer cannot be delivered.
  func requestAborted(_ id: RequestID)

  /// The rest of the request does not come in time. It is not completed, and is to be answered all the same.
  func requestTimedOut(_ id: RequestID)

  /// The connection is gone, and all its requests with it.
  func connectionClosed()
}
