package import Model

/// Serves one connection of the proxy, whatever protocol it speaks.
///
/// The actor runs where the connection's transport runs, so that a request passes from one to the
/// other without a hop; the transport calls it synchronously. Loads and scrapes are handed to the
/// actors that deal with them, and come back as calls of ``LoadOrigin`` and ``ScrapeOrigin``.
package actor ConnectionActor: ConnectionHandler, LoadOrigin, ScrapeOrigin {
  package nonisolated let unownedExecutor: UnownedSerialExecutor

  private let transport: any ConnectionTransport
  private let context: ConnectionContext
  private var machine: ConnectionStateMachine

  package init(transport: any ConnectionTransport, context: ConnectionContext) {
    // Unowned: the transport keeps its executor alive, and this actor the transport.
    unownedExecutor = transport.executor.asUnownedSerialExecutor()
    self.transport = transport
    self.context = context
    machine = ConnectionStateMachine(contentLengthLimit: context.contentLengthLimit, budget: context.budget)
  }

  // MARK: From the transport

  package nonisolated func requestBegan(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    assumeIsolated { $0.began(id, head) }
  }

  package nonisolated func bodyArrived(_ id: RequestID, count: Int) -> BodyDecision {
    assumeIsolated { $0.perform($0.machine.received(id, count: count), for: id) }
  }

  package nonisolated func requestEnded(_ id: RequestID, body: SharedBytes) {
    assumeIsolated { _ = $0.perform($0.machine.ended(id, body: body, origin: $0), for: id) }
  }

  package nonisolated func requestAborted(_ id: RequestID) {
    assumeIsolated { $0.machine.aborted(id) }
  }

  package nonisolated func connectionClosed() {
    assumeIsolated { $0.machine.closed() }
  }

  private func began(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    let action = machine.began(
      id, head, access: context.access?.decide(head) ?? .granted, obstacles: context.readiness.obstacles,
      isDraining: context.readiness.isDraining, now: context.time.now)
    return perform(action, for: id)
  }

  private func perform(_ action: ConnectionStateMachine.Action, for id: RequestID) -> BodyDecision {
    switch action {
    case .collect:
      return .collect
    case .discard:
      return .discard
    case .verify(let credentials, let decision):
      verify(credentials, for: id)
      return decision
    case .challenge:
      transport.respond(to: id, with: unauthorized)
      return .discard
    case .challengeLoad:
      respondToLoad(id, unauthorized)
      return .discard
    case .answer(let answer):
      transport.respond(to: id, with: answer)
      return .discard
    case .refuse(let answer):
      respondToLoad(id, answer)
      return .discard
    case .render(let format):
      let scrape = Scrape(id: id, format: format, origin: self)
      if !context.scrapes.offer(scrape) { transport.respond(to: id, with: machine.renderingRefused(id)) }
      return .discard
    case .forward(let load):
      context.metrics.receivedBytes.increment(by: load.body.count)
      if !context.loads.offer(load) { respondToLoad(id, machine.forwardingRefused(id)) }
      return .discard
    }
  }

  // MARK: Permission

  private func verify(_ credentials: BasicCredentials, for id: RequestID) {
    guard let authenticator = context.access?.authenticator else { return }
    Task {
      let verdict = await authenticator.verify(credentials)
      _ = perform(machine.verified(id, verdict), for: id)
    }
  }

  /// The same whatever was wrong.
  private var unauthorized: Answer {
    .text(401, "unauthorized", fields: context.access?.authenticator.challenges ?? [:])
  }

  // MARK: From the other actors

  package func loadFinished(_ id: RequestID, _ answer: LoadAnswer) {
    guard let (response, duration) = machine.forwarded(id, answer, now: context.time.now) else { return }
    context.metrics.processingMilliseconds.observe(duration.inSeconds * 1000)
    respondToLoad(id, response)
  }

  package func scrapeFinished(_ id: RequestID, _ exposition: [UInt8]) {
    guard let response = machine.rendered(id, exposition) else { return }
    transport.respond(to: id, with: response)
  }

  private func respondToLoad(_ id: RequestID, _ answer: Answer) {
    context.metrics.countLoad(answeredWith: answer.status)
    transport.respond(to: id, with: answer)
  }
}
