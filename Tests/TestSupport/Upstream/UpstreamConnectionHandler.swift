import Model
import NIOCore
import NIOHTTP1

/// One connection of a ``ScriptedUpstream``. Requests come one at a time: the pipeline holds back the
/// next one until this one is answered.
final class UpstreamConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let number: Int
  private let observed: Watched<ScriptedUpstream.Observed>
  private let script: ScriptedUpstream.Script
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isAnswering = false
  private var feed: BodyFeed?

  init(number: Int, observed: Watched<ScriptedUpstream.Observed>, script: @escaping ScriptedUpstream.Script) {
    self.number = number
    self.observed = observed
    self.script = script
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let bytes):
      body += bytes.readableBytesView
    case .end:
      guard let head else { preconditionFailure("a request ends after its head") }
      answer(head, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    feed?.end()
    endRequest()
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    var request = ReceivedRequest(
      connection: number, attempt: 0, method: head.method.rawValue, target: head.uri,
      fields: HeaderFields(head.headers.map { (name: $0.name, value: $0.value) }), body: body)
    isAnswering = true
    request = observed.update { [request] observed in
      var request = request
      request.attempt = observed.requests.count { $0.tenant == request.tenant }
      observed.requests.append(request)
      observed.requestsInFlight += 1
      observed.mostRequestsInFlight = max(observed.mostRequestsInFlight, observed.requestsInFlight)
      return request
    }
    perform(script(request), to: head, context)
  }

  private func perform(_ answer: ScriptedAnswer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    switch answer {
    case .close:
      context.close(promise: nil)
    case .answer(let status, let fields, let text):
      endRequest()
      var headers = HTTPHeaders(fields.fields.map { ($0.name, $0.value) })
      headers.add(name: "Content-Length", value: "\(text.utf8.count)")
      if !head.isKeepAlive { headers.add(name: "Connection", value: "close") }
      let answerHead = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
      context.write(wrapOutboundOut(.head(answerHead)), promise: nil)
      if head.method != .HEAD {
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
      }
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
        if !head.isKeepAlive { bound.value.close(promise: nil) }
      }
    case .feed(let status, let fields, let feed):
      self.feed = feed
      let answerHead = HTTPResponseHead(
        version: .http1_1, status: .init(statusCode: status),
        headers: HTTPHeaders(fields.fields.map { ($0.name, $0.value) }))
      context.writeAndFlush(wrapOutboundOut(.head(answerHead)), promise: nil)
      let channel = context.channel
      let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
      context.eventLoop.makeFutureWithTask { await feed.forward(to: channel) }.whenComplete { _ in
        bound.value.endRequest()
      }
    case .after(let gate, let answer):
      let loop = context.eventLoop
      let bound = NIOLoopBound((handler: self, context: context), eventLoop: loop)
      loop.makeFutureWithTask { try await gate.wait() }.whenComplete { _ in
        // The one who asked may have gone away meanwhile.
        let (handler, context) = bound.value
        if context.channel.isActive { handler.perform(answer, to: head, context) }
      }
    }
  }

  private func endRequest() {
    guard isAnswering else { return }
    isAnswering = false
    observed.update { $0.requestsInFlight -= 1 }
  }
}
