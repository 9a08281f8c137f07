import Model

/// The requests of one connection, and how far each of them is.
///
/// A request is decided when its head arrives. A load is `receiving` until its body is complete and then
/// `forwarding`; whatever goes wrong before that ends it with an answer, and the rest of its body is
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
    /// Answer a load so.
    case challengeLoad
    /// Answer now; the body does not matter.
    case answer(Answer)
    /// Answer a load now, which is not forwarded.
    case refuse(Answer)
    /// Nothing now: the body does not matter, the answer comes later or has been given.
    case discard
    /// Have the metrics rendered.
    case render(ExpositionFormat)
    /// Hand the load over.
    case forward(Load)
  }

  private enum Request {
    case receiving(Receiving)
    case forwarding(since: MonotonicTime)
    case rendering(ExpositionFormat)
    case held(Load)
    case heldScrape(ExpositionFormat)
  }

  private struct Receiving {
    var length = 0
    let since: MonotonicTime
    let retryAttempt: String?
    let encoding: BodyEncoding
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
  ///   - obstacles: why the process is not ready, a line each.
  mutating func began(
    _ id: RequestID, _ head: RequestHead, access: AccessDecision = .granted, obstacles: @autoclosure () -> [String],
    isDraining: Bool, now: MonotonicTime
  ) -> Action {
    switch Endpoint(head) {
    case .write:
      return beganLoad(id, head, access, isDraining: isDraining, now: now)
    case .metrics:
      return beganScrape(id, head, access)
    case .healthy:
      return .answer(.text(200, "OK"))
    case .ready:
      let obstacles = obstacles()
      return .answer(obstacles.isEmpty ? .text(200, "OK") : .text(503, obstacles.joined(separator: "\n")))
    case .up:
      return .answer(.text(200, "Up"))
    case .unknownMethod:
      return .answer(.text(405, "method not allowed", fields: ["Allow": "GET, POST"]))
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

  private mutating func beganLoad(
    _ id: RequestID, _ head: RequestHead, _ access: AccessDecision, isDraining: Bool, now: MonotonicTime
  ) -> Action {
    if access == .refused { return .challengeLoad }
    do {
      try RemoteWriteHeaders.check(head.fields)
    } catch {
      return .refuse(.text(415, error.description))
    }
    if let length = head.contentLength, length > contentLengthLimit { return .refuse(tooLarge) }
    if isDraining { return .refuse(Self.unavailable("shutting down")) }
    guard budget.inUse < budget.limit else { return .refuse(Self.noRoom) }
    requests[id] = .receiving(
      Receiving(
        since: now, retryAttempt: Self.retryAttempt(head), encoding: head.bodyEncoding,
        reservation: Reservation(of: budget), hasPermission: access == .granted))
    if case .verify(let credentials) = access { return .verify(credentials, .collect) }
    return .collect
  }

  /// The sender's count of its tries, which goes on upstream: only what is a number.
  private static func retryAttempt(_ head: RequestHead) -> String? {
    guard let attempt = head.fields["Retry-Attempt"], attempt.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return UInt32(attempt) == nil ? nil : attempt
  }

  /// More of a body has arrived.
  mutating func received(_ id: RequestID, count: Int) -> Action {
    guard case .receiving(var load) = requests[id] else { return .discard }
    load.length += count
    guard load.length <= contentLengthLimit else {
      requests[id] = nil
      return .refuse(tooLarge)
    }
    guard load.reservation.grow(by: count) else {
      requests[id] = nil
      return .refuse(Self.noRoom)
    }
    requests[id] = .receiving(load)
    return .collect
  }

  /// A request is complete.
  mutating func ended(_ id: RequestID, body: SharedBytes, origin: any LoadOrigin) -> Action {
    guard case .receiving(let load) = requests[id] else { return .discard }
    let complete = Load(
      id: id, body: body, encoding: load.encoding, retryAttempt: load.retryAttempt, received: load.since,
      reservation: load.reservation, origin: origin)
    guard load.hasPermission else {
      requests[id] = .held(complete)
      return .discard
    }
    return forward(complete)
  }

  private mutating func forward(_ load: Load) -> Action {
    requests[load.id] = .forwarding(since: load.received)
    return .forward(load)
  }

  /// It has been found out whether a request has permission.
  mutating func verified(_ id: RequestID, _ verdict: AccessVerdict) -> Action {
    switch requests[id] {
    case .receiving(var load) where verdict == .granted:
      load.hasPermission = true
      requests[id] = .receiving(load)
      return .collect
    case .held(let load) where verdict == .granted:
      return forward(load)
    case .heldScrape(let format) where verdict == .granted:
      requests[id] = .rendering(format)
      return .render(format)
    case .receiving, .held:
      requests[id] = nil
      return verdict == .busy ? .refuse(Self.unavailable(Self.tooManyChecks)) : .challengeLoad
    case .heldScrape:
      requests[id] = nil
      return verdict == .busy ? .answer(Self.unavailable(Self.tooManyChecks)) : .challenge
    case .forwarding, .rendering, nil:
      return .discard
    }
  }

  /// The load could not be handed over.
  mutating func forwardingRefused(_ id: RequestID) -> Answer {
    requests[id] = nil
    return Self.noRoom
  }

  /// A load was dealt with.
  ///
  /// - Returns: the answer and how long the load took; `nil` where nobody waits for it any more.
  mutating func forwarded(_ id: RequestID, _ answer: LoadAnswer, now: MonotonicTime) -> (Answer, Duration)? {
    guard case .forwarding(let since) = requests.removeValue(forKey: id) else { return nil }
    return (Self.answer(answer), now - since)
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
    unavailable("too many bytes or loads in flight")
  }

  private static func unavailable(_ reason: String) -> Answer {
    answer(.unavailable(reason))
  }

  private static func answer(_ load: LoadAnswer) -> Answer {
    var fields: HeaderFields = [:]
    if let seconds = load.retryAfter { fields.add("Retry-After", String(seconds)) }
    return load.message.isEmpty
      ? Answer(status: load.status, fields: fields) : .text(load.status, load.message, fields: fields)
  }
}
