import Model

/// A connection to the sandbox. It runs where the connection lives, and answers there and then.
actor SandboxConnection: ConnectionHandler {
  private struct OpenRequest {
    let head: RequestHead
    /// How much of the body has come so far, in bytes.
    var arrived = 0
  }

  private let service: SandboxService
  private let transport: any ConnectionTransport
  private var requests: [RequestID: OpenRequest] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    transport.executor.asUnownedSerialExecutor()
  }

  init(service: SandboxService, transport: any ConnectionTransport) {
    self.service = service
    self.transport = transport
  }

  nonisolated func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    assumeIsolated { $0.began(id, head) }
  }

  nonisolated func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision {
    assumeIsolated { $0.arrived(id, count) }
  }

  nonisolated func requestEnded(_ id: RequestID, body: SharedBytes) {
    assumeIsolated { $0.ended(id, body) }
  }

  nonisolated func requestAborted(_ id: RequestID) {
    assumeIsolated { $0.requests[id] = nil }
  }

  nonisolated func requestTimedOut(_ id: RequestID) {
    assumeIsolated { connection in
      connection.requests[id] = nil
      connection.transport.respond(to: id, with: .text(408, "the request's body did not come in time"))
    }
  }

  nonisolated func connectionClosed() {
    assumeIsolated { $0.requests.removeAll() }
  }

  private func began(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    requests[id] = OpenRequest(head: head)
    return service.bodyDecision(for: head)
  }

  private func arrived(_ id: RequestID, _ count: Int) -> BodyDecision {
    guard var request = requests[id] else { return .discard }
    request.arrived += count
    requests[id] = request
    return request.arrived <= service.limits.maximumBodyLength ? .collect : .discard
  }

  private func ended(_ id: RequestID, _ body: SharedBytes) {
    guard let request = requests.removeValue(forKey: id) else { return }
    transport.respond(to: id, with: service.answer(request.head, body: kept(body, of: request)))
  }

  /// Where the length was not told before, one byte above the limit is all that Cortex reads, and
  /// tells.
  private func kept(_ body: SharedBytes, of request: OpenRequest) -> SandboxBody {
    let limit = service.limits.maximumBodyLength
    if let length = request.head.contentLength, length > limit { return .tooLong(length: length) }
    return request.arrived > limit ? .tooLong(length: limit + 1) : .whole(body)
  }
}
