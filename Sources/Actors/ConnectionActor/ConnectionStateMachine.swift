import Model

/// The requests of one connection, and how far each of them is.
///
/// A request is decided when its head arrives. A submission is `receiving` until its body is complete and then
/// `submitted`; whatever goes wrong before that ends it with an answer, and the rest of its body is
/// thrown away. A scrape is `rendering` while the metrics are written. Everything else is answered at
/// once.
///
/// Where it takes time to find out whether a request has permission, the body is received meanwhile, and
/// what is complete before that is `held`.
///
/// What a request needs room for is asked of its reservation, which belongs to the request's state, so
/// that the room is free again when the state is gone.
struct ConnectionStateMachine: ~Copyable {
  /// What has to be done.
  enum Action {
    /// Keep the body.
    case collect
    /// Find out whether the credentials are right; do with the body meanwhile what the decision says.
    case verify(BasicCredentials, BodyDecision)
    /// Answer now that permission is needed.
    case challenge
    /// Answer a submission so.
    case challengeSubmission
    /// Answer now; the body does not matter.
    case answer(Answer)
    /// Answer a submission now, which is not taken.
    case refuse(Answer)
    /// Nothing now: the body does not matter, the answer comes later or has been given.
    case discard
    /// Have the metrics rendered.
    case render(ExpositionFormat)
    /// Hand the submission over.
    case submit(Submission)
  }

  private enum Request {
    case receiving(Receiving)
    case submitted(since: MonotonicTime)
    case rendering(ExpositionFormat)
    case held(Submission, since: MonotonicTime)
    case heldScrape(ExpositionFormat)
  }

  private struct Receiving {
    let head: RequestHead
    var length = 0
    let since: MonotonicTime
    let reservation: Reservation
    var hasPermission: Bool
  }

  private let contentLengthLimit: Int
  private let budget: ByteBudget
  private var requests: [RequestID: Request] = [:]

  init(contentLengthLimit: Int, budget: ByteBudget) {
    self.contentLengthLimit = contentLengthLimit
    self.budget = budget
  }

  /// A head has arrived.
  ///
  /// - Parameters:
  ///   - access: whether the request has permission.
  ///   - refusal: why a submission is not taken, whatever its body.
  ///   - obstacles: why the process is not ready, a line each.
  mutating func began(
    _ id: RequestID, _ head: RequestHead, at endpoint: Endpoint, access: AccessDecision,
    refusal: @autoclosure () -> Answer?, obstacles: @autoclosure () -> [String], now: MonotonicTime
  ) -> Action {
    switch endpoint {
    case .submission:
      return beganSubmission(id, head, access, refusal: refusal(), now: now)
    case .metrics:
      return beganScrape(id, head, access)
    case .healthy:
      return .answer(.text(200, "OK"))
    case .ready:
      let obstacles = obstacles()
      return .answer(obstacles.isEmpty ? .text(200, "OK") : .text(503, obstacles.joined(separator: "\n")))
    case .up:
      return .answer(.text(200, "Up"))
    case .unknownMethod(let allowed):
      return .answer(.text(405, "method not allowed", fields: ["Allow": allowed]))
    }
  }

  private mutating func beganScrape(_ id: RequestID, _ head: RequestHead, _ access: AccessDecision) -> Action {
    let format = ExpositionFormat(accept: head.fields["Accept"])
    switch access {
    case .granted:
      requests[id] = .rendering(format)
      return .render(format)
    case .refused:
      return .challenge
    case .verify(let credentials):
      requests[id] = .heldScrape(format)
      return .verify(credentials, .discard)
    }
  }

  private mutating func beganSubmission(
    _ id: RequestID, _ head: RequestHead, _ access: AccessDecision, refusal: @autoclosure () -> Answer?,
    now: MonotonicTime
  ) -> Action {
    if access == .refused { return .challengeSubmission }
    if let refusal = refusal() { return .refuse(refusal) }
    if let length = head.contentLength {
      if length > contentLengthLimit && !head.isLimitedByTransport { return .refuse(tooLarge) }
      if length > budget.limit { return .refuse(Self.neverRoom) }
    }
    guard budget.inUse < budget.limit else { return .refuse(Self.noRoom) }
    requests[id] = .receiving(
      Receiving(
        head: head, since: now, reservation: Reservation(of: budget), hasPermission: access == .granted))
    if case .verify(let credentials) = access { return .verify(credentials, .collect) }
    return .collect
  }

  /// More of a body has arrived.
  mutating func received(_ id: RequestID, count: Int) -> Action {
    guard case .receiving(var request) = requests[id] else { return .discard }
    request.length += count
    guard request.length <= contentLengthLimit || request.head.isLimitedByTransport else {
      requests[id] = nil
      return .refuse(tooLarge)
    }
    guard request.reservation.couldEverGrow(by: count) else {
      requests[id] = nil
      return .refuse(Self.neverRoom)
    }
    guard request.reservation.grow(by: count) else {
      requests[id] = nil
      return .refuse(Self.noRoom)
    }
    requests[id] = .receiving(request)
    return .collect
  }

  /// A request is complete.
  mutating func ended(_ id: RequestID, body: SharedBytes, origin: any SubmissionOrigin, now: MonotonicTime) -> Action {
    guard case .receiving(let request) = requests[id] else { return .discard }
    let submission = Submission(
      id: id, head: request.head, body: body, received: now, reservation: request.reservation, origin: origin)
    guard request.hasPermission else {
      requests[id] = .held(submission, since: request.since)
      return .discard
    }
    return submit(submission, since: request.since)
  }

  private mutating func submit(_ submission: Submission, since: MonotonicTime) -> Action {
    requests[submission.id] = .submitted(since: since)
    return .submit(submission)
  }

  /// It has been found out whether a request has permission.
  mutating func verified(_ id: RequestID, _ verdict: AccessVerdict) -> Action {
    switch requests[id] {
    case .receiving(var request) where verdict == .granted:
      request.hasPermission = true
      requests[id] = .receiving(request)
      return .collect
    case .held(let submission, let since) where verdict == .granted:
      return submit(submission, since: since)
    case .heldScrape(let format) where verdict == .granted:
      requests[id] = .rendering(format)
      return .render(format)
    case .receiving, .held:
      requests[id] = nil
      return verdict == .busy ? .refuse(Self.unavailable(Self.tooManyChecks)) : .challengeSubmission
    case .heldScrape:
      requests[id] = nil
      return verdict == .busy ? .answer(Self.unavailable(Self.tooManyChecks)) : .challenge
    case .submitted, .rendering, nil:
      return .discard
    }
  }

  /// The submission could not be handed over.
  mutating func submissionRefused(_ id: RequestID) -> Answer {
    requests[id] = nil
    return Self.noRoom
  }

  /// A submission was dealt with.
  ///
  /// - Returns: how long it took; `nil` where nobody waits for it any more.
  mutating func finished(_ id: RequestID, now: MonotonicTime) -> Duration? {
    guard case .submitted(let since) = requests.removeValue(forKey: id) else { return nil }
    return now - since
  }

  /// The scrape could not be handed over.
  mutating func renderingRefused(_ id: RequestID) -> Answer {
    requests[id] = nil
    return Self.unavailable("too many scrapes at once")
  }

  /// The metrics are written.
  ///
  /// - Returns: the answer; `nil` where nobody waits for it any more.
  mutating func rendered(_ id: RequestID, _ exposition: [UInt8]) -> Answer? {
    guard case .rendering(let format) = requests.removeValue(forKey: id) else { return nil }
    return Answer(status: 200, fields: ["Content-Type": format.contentType], body: exposition)
  }

  /// The rest of a request's body does not come in time.
  mutating func timedOut(_ id: RequestID) -> Action {
    switch requests.removeValue(forKey: id) {
    // Not 408: a sender that gets that drops what it has.
    case .receiving, .submitted, .held: .refuse(Self.unavailable("the request's body did not come in time"))
    case .rendering, .heldScrape, nil: .answer(.text(408, "the request's body did not come in time"))
    }
  }

  /// Nobody waits for the request any more.
  mutating func aborted(_ id: RequestID) {
    requests[id] = nil
  }

  /// Nobody waits for any request any more.
  mutating func closed() {
    requests.removeAll()
  }

  // MARK: Answers

  private var tooLarge: Answer {
    .text(413, "request body is larger than the limit of \(contentLengthLimit) bytes")
  }

  private static let tooManyChecks = "too many passwords to check at once"

  private static var noRoom: Answer {
    unavailable("too many bytes or requests in flight")
  }

  private static var neverRoom: Answer {
    .text(400, "the load needs more than all bytes that may be in flight")
  }

  private static func unavailable(_ reason: String) -> Answer {
    Answer(.unavailable(reason))
  }
}
