/// What has come of an answer and was not taken yet, between the thread that receives and the task that reads.
///
/// - Parameter Waiter: what is woken when something comes. One at a time.
struct ResponseIntake<Waiter>: ~Copyable {
  /// What there is for the reader.
  enum Taking {
    /// A part; `resumes` says that the sender was held back, and may go on.
    case part(HTTPResponsePart, resumes: Bool)
    case end
    case failure(HTTPFailure)
    /// Not yet.
    case nothing
  }

  private let bufferLimit: Int
  private var parser = HTTPHeadParser()
  private var head: HTTPResponsePart?
  private var hasHead = false
  private var body: [UInt8] = []
  private var isHeldBack = false
  private var ending: Result<Void, HTTPFailure>?
  private var waiter: Waiter?

  /// - Parameter bufferLimit: the bytes of the body that wait before the sender is held back.
  init(bufferLimit: Int) {
    self.bufferLimit = bufferLimit
  }

  // MARK: From the thread

  /// - Returns: whether there may be more, and who is to be woken.
  mutating func receive(headLine line: [UInt8]) -> (isWanted: Bool, woken: Waiter?) {
    guard ending == nil else { return (false, nil) }
    do {
      guard let (status, fields) = try parser.take(line) else { return (true, nil) }
      head = .head(status: status, fields: fields)
      hasHead = true
      return (true, takeWaiter())
    } catch {
      ending = .failure(error)
      return (false, takeWaiter())
    }
  }

  /// - Returns: what there may be after the piece, and who is to be woken. A piece that has to wait is not kept: it
  ///   comes again.
  mutating func receive(body piece: [UInt8]) -> (appetite: CurlAppetite, woken: Waiter?) {
    guard ending == nil else { return (.enough, nil) }
    guard hasHead else {
      ending = .failure(.network("the server sends something else than an answer of HTTP"))
      return (.enough, takeWaiter())
    }
    guard body.count < bufferLimit else {
      isHeldBack = true
      return (.pause, nil)
    }
    if body.isEmpty { body = piece } else { body += piece }
    return (.more, takeWaiter())
  }

  /// Nothing comes any more. What came before is still there for the reader.
  ///
  /// - Returns: whether it was news, and who is to be woken.
  mutating func end(_ failure: HTTPFailure?) -> (isNews: Bool, woken: Waiter?) {
    guard ending == nil else { return (false, nil) }
    if let failure {
      ending = .failure(failure)
    } else {
      ending = hasHead ? .success(()) : .failure(.network("the server sent no answer"))
    }
    return (true, takeWaiter())
  }

  private mutating func takeWaiter() -> Waiter? {
    defer { waiter = nil }
    return waiter
  }

  // MARK: From the reader

  /// What is next.
  mutating func take() -> Taking {
    if let head {
      self.head = nil
      return .part(head, resumes: false)
    }
    if !body.isEmpty {
      defer {
        body = []
        isHeldBack = false
      }
      return .part(.body(body), resumes: isHeldBack)
    }
    switch ending {
    case nil: return .nothing
    case .success: return .end
    case .failure(let failure): return .failure(failure)
    }
  }

  /// Remembers who waits, unless there is something to take already.
  ///
  /// - Returns: whether `waiter` has to wait.
  mutating func wait(_ waiter: Waiter) -> Bool {
    guard head == nil, body.isEmpty, ending == nil else { return false }
    self.waiter = waiter
    return true
  }
}
