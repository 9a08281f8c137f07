package import Model

/// Serves one connection of a role, whatever protocol it speaks.
///
/// The actor runs where the connection's transport runs, so that a request passes from one to the
/// other without a hop; the transport calls it synchronously. Submissions and scrapes are handed to the
/// actors that deal with them, and come back as calls of ``SubmissionOrigin`` and ``ScrapeOrigin``.
package actor ConnectionActor: ConnectionHandler, SubmissionOrigin, ScrapeOrigin {
  package nonisolated let unownedExecutor: UnownedSerialExecutor
  package nonisolated let workExecutor: (any TaskExecutor)?

  private let transport: any ConnectionTransport
  private let context: ConnectionContext
  private var machine: ConnectionStateMachine

  package init(transport: any ConnectionTransport, context: ConnectionContext) {
    // Unowned: the transport keeps its executor alive, and this actor the transport.
    unownedExecutor = transport.executor.asUnownedSerialExecutor()
    workExecutor = transport.workExecutor
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
    assumeIsolated { _ = $0.perform($0.machine.ended(id, body: body, origin: $0, now: $0.context.time.now), for: id) }
  }

  package nonisolated func requestAborted(_ id: RequestID) {
    assumeIsolated { $0.machine.aborted(id) }
  }

  package nonisolated func requestTimedOut(_ id: RequestID) {
    assumeIsolated { _ = $0.perform($0.machine.timedOut(id), for: id) }
  }

  package nonisolated func connectionClosed() {
    assumeIsolated { $0.machine.closed() }
  }

  private func began(_ id: RequestID, _ head: RequestHead) -> BodyDecision {
    let endpoint = Endpoint(head, context.intake)
    let action = machine.began(
      id, head, at: endpoint, access: context.access?.decide(endpoint, head.fields) ?? .granted,
      refusal: context.intake.refusal(of: head), obstacles: context.readiness.obstacles, now: context.time.now)
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
    case .challengeSubmission:
      respondToSubmission(id, unauthorized)
      return .discard
    case .answer(let answer):
      transport.respond(to: id, with: answer)
      return .discard
    case .refuse(let answer):
      respondToSubmission(id, answer)
      return .discard
    case .render(let format):
      let scrape = Scrape(id: id, format: format, origin: self)
      if !context.scrapes.offer(scrape) { transport.respond(to: id, with: machine.renderingRefused(id)) }
      return .discard
    case .submit(let submission):
      if !context.intake.take(submission) { respondToSubmission(id, machine.submissionRefused(id)) }
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
    submissionFinished(id, Answer(answer))
  }

  package func submissionFinished(_ id: RequestID, _ answer: Answer) {
    guard let duration = machine.finished(id, now: context.time.now) else { return }
    context.intake.finished(after: duration)
    respondToSubmission(id, answer)
  }

  package func scrapeFinished(_ id: RequestID, _ exposition: [UInt8]) {
    guard let response = machine.rendered(id, exposition) else { return }
    transport.respond(to: id, with: response)
  }

  private func respondToSubmission(_ id: RequestID, _ answer: Answer) {
    context.intake.answered(answer.status)
    transport.respond(to: id, with: answer)
  }
}
