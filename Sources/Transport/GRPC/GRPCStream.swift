internal import Model
internal import NIOCore

/// Carries out what ``GRPCCall`` says: talks to the connection's handler, which does not know that the
/// request came by gRPC, and keeps the deadline.
///
/// To be used on the connection's loop only. It belongs to the sink, and holds it: the sink lets go of it
/// when the stream of HTTP/2 is closed, and calls ``cancelled()`` before, if it does not know that both
/// sides have ended.
final class GRPCStream {
  private let id: RequestID
  private let handler: any ConnectionHandler
  private let readiness: any ReadinessSource
  private let loop: any EventLoop
  private let sink: any GRPCSink
  private var call: GRPCCall
  private var deadline: Scheduled<Void>?
  private var observation: ReadinessObservation?

  /// - Parameters:
  ///   - head: method, path and fields as HTTP/2 has them, without the pseudo-fields.
  ///   - readiness: what the health service reports.
  init(
    id: RequestID, head: RequestHead, handler: any ConnectionHandler, readiness: any ReadinessSource,
    configuration: GRPCConfiguration, loop: any EventLoop, sink: any GRPCSink
  ) {
    self.id = id
    self.handler = handler
    self.readiness = readiness
    self.loop = loop
    self.sink = sink
    call = GRPCCall(head, configuration: configuration)
  }

  /// Whether everything is sent, and nothing is waited for.
  var isDone: Bool { call.isDone }

  /// Whether silence on the stream means nothing, so that the limits on the time of a request do not apply.
  var isOpenEnded: Bool { call.isOpenEnded }

  // MARK: From the transport

  /// The head is here. To be called once, before anything else.
  func start() {
    perform(call.start())
    guard !call.isDone, let timeout = call.timeout else { return }
    let bound = NIOLoopBound(self, eventLoop: loop)
    deadline = loop.scheduleTask(in: .nanoseconds(timeout.nanoseconds)) { bound.value.deadlineReached() }
  }

  /// More of the request's data has come.
  func received(_ bytes: RawSpan) {
    var offset = 0
    while let action = call.received(bytes, from: &offset) { perform(action) }
  }

  /// The request is complete.
  func ended() {
    perform(call.ended())
  }

  /// The client has reset the stream, or the connection is gone.
  func cancelled() {
    perform(call.cancelled())
  }

  /// The handler answers: ``ConnectionTransport/respond(to:with:)``.
  func respond(_ answer: Answer) {
    perform(call.answered(answer))
  }

  /// The rest of the request does not come in time.
  func timedOut() {
    if call.isCollecting { return handler.requestTimedOut(id) }
    giveUp(Answer(.unavailable("the request did not come in time")))
  }

  /// The transport itself ends the call.
  func giveUp(_ answer: Answer) {
    perform(call.givenUp(answer))
  }

  /// The connection takes no more requests and ends with those that it has.
  func shutDown() {
    perform(call.shuttingDown())
  }

  // MARK: Carrying out

  private func deadlineReached() {
    perform(call.deadlineReached())
  }

  private func perform(_ action: GRPCCall.Action?) {
    switch action {
    case .begin(let head): call.decided(handler.requestBegan(id, head))
    case .bodyArrived(let count): call.decided(handler.bodyArrived(id, count: count))
    case .end(let body): handler.requestEnded(id, body: body)
    case .restart(let head, let body, let held): restart(head, body, holding: held)
    case .checkReadiness: reportReadiness()
    case .watchReadiness: watchReadiness()
    case .send(let outputs): sink.send(outputs, for: id)
    case .abort(let outputs):
      handler.requestAborted(id)
      if !outputs.isEmpty { sink.send(outputs, for: id) }
    case nil: break
    }
    if call.isDone { cleanUp() }
  }

  /// What the first request has reserved is free again before the second asks for it.
  ///
  /// - Parameter held: the bytes that are held for the body.
  private func restart(_ head: RequestHead, _ body: SharedBytes, holding held: Int) {
    handler.requestAborted(id)
    var decision = handler.requestBegan(id, head)
    if decision == .collect, held > 0 { decision = handler.bodyArrived(id, count: held) }
    call.decided(decision)
    handler.requestEnded(id, body: decision == .collect ? body : SharedBytes([]))
  }

  private func reportReadiness() {
    perform(call.readiness(readiness.isReady))
  }

  private func watchReadiness() {
    let bound = NIOLoopBound(self, eventLoop: loop)
    let loop = loop
    observation = readiness.observe { loop.execute { bound.value.reportReadiness() } }
    reportReadiness()
  }

  private func cleanUp() {
    deadline?.cancel()
    deadline = nil
    if let observation { readiness.stopObserving(observation) }
    observation = nil
  }
}
