import Model
import TestSupport
import Testing
import Transport

/// Connections of HTTP/1.1, from the first request to the last.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct HTTP1Tests {
  @Test func aConnectionServesManyRequests() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    for number in 0..<20 {
      try await probe.send("POST", "/\(number)", body: Array("body \(number)".utf8))
      let reply = try await probe.reply()
      #expect(reply.text == "POST /\(number) body \(number)\n")
      #expect(reply.fields["Connection"] == nil)
    }
    #expect(server.events.value.count == 40)
  }

  @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    let targets = ["/wait", "/1", "/refuse", "/2", "/limit", "/3"]
    let requests = targets.map { "POST \($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" }
    try await probe.send(requests.joined())
    try await server.wait(for: "ended POST /wait")
    #expect(probe.unreadBytes.isEmpty)
    server.gate.open()
    for target in targets {
      let text = try await probe.reply().text
      #expect(text == (target == "/refuse" ? "too large\n" : "POST \(target) hi\n"))
    }
  }

  /// However many have come by the time at which the first one is answered: none is dealt with from within another.
  @Test func manyPipelinedRequestsAreAnsweredOneAfterTheOther() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    let count = 2000
    // A body of this length makes the server read so much at a time.
    let body = String(repeating: "x", count: 600_000)
    let refused = "GET /refuse HTTP/1.1\r\nHost: a\r\n\r\n"
    let first = "POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    try await probe.send(first + String(repeating: refused, count: count))
    try await server.wait(for: "ended POST /wait")
    server.gate.open()
    #expect(try await probe.reply().status == 200)
    for _ in 0..<count { #expect(try await probe.reply().status == 413) }
  }

  @Test(arguments: ["/large", "/large-at-once"])
  func requestsOfAPeerThatDoesNotReadAreNotDealtWith(target: String) async throws {
    let server = try await TestServer.start()
    let request = "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n"
    let peer = try BlockingConnection(port: server.listener.port, request: String(repeating: request, count: 20))
    defer { peer.close() }
    try await server.wait(for: "began GET \(target)")
    // Whatever thread serves that one has served some of these, too, by the end.
    for _ in 0..<8 {
      let probe = try await server.connect()
      try await probe.send("GET", "/other")
      #expect(try await probe.reply().status == 200)
    }
    #expect(server.events.value.count { $0 == "began GET \(target)" } == 1)
  }

  /// The answer before it leaves while this one is written.
  @Test func aMalformedRequestBehindALargeAnswerIsAnswered() async throws {
    let server = try await TestServer.start()
    let request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\nBROKEN\r\n\r\n"
    let peer = try BlockingConnection(port: server.listener.port, request: request)
    defer { peer.close() }
    try await server.wait(for: "ended GET /large")
    let text = peer.readToEnd()
    #expect(text.utf8.count > 8 << 20 && text.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(text.suffix(200).contains("HTTP/1.1 400 Bad Request\r\n"))
  }

  /// What follows such a request is of another protocol for the parser: it would be kept, and not read.
  @Test(arguments: [
    "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nhi",
    "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
  ])
  func aRequestToChangeTheProtocolIsTheLast(request: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send(request)
    let reply = try await probe.reply()
    #expect(reply.status == 200)
    #expect(reply.fields["Connection"] == "close")
    try await probe.waitForClose()
  }

  @Test func requestsMayComeByteByByte() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    let request = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
    for byte in (request + request).utf8 { try await probe.send([byte]) }
    for _ in 0..<2 { #expect(try await probe.reply().text == "POST /x hello\n") }
  }

  @Test func permissionIsGivenWhereTheBodyIsWanted() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    for _ in 0..<2 {
      try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n")
      #expect(try await probe.reply().status == 100)
      try await probe.send("hello")
      #expect(try await probe.reply().text == "POST /x hello\n")
    }
  }

  @Test(arguments: ["/refuse", "/limit"])
  func permissionIsRefusedByTheAnswer(_ target: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST \(target) HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n")
    let reply = try await probe.reply()
    #expect(reply.status == 413)
    #expect(reply.fields["Connection"] == "close")
  }

  @Test func anotherExpectationCannotBeMet() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 5\r\n\r\nhello")
    #expect(try await probe.reply().status == 417)
    try await probe.waitForClose()
    #expect(server.events.value.filter { $0 != "closed" }.isEmpty)
  }

  @Test func theLastRequestClosesTheConnection() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("GET", "/1", fields: ["Connection": "Close"])
    let reply = try await probe.reply()
    #expect(reply.text == "GET /1 \n")
    #expect(reply.fields["Connection"] == "close")
    #expect(try await probe.waitForClose().isEmpty)
    try await server.wait(for: "closed")
  }

  @Test func http10ClosesUnlessItIsAskedNotTo() async throws {
    let server = try await TestServer.start()
    let once = try await server.connect()
    try await once.send("POST /1 HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi")
    #expect(try await once.reply().text == "POST /1 hi\n")
    #expect(try await once.waitForClose().isEmpty)

    let kept = try await server.connect()
    for _ in 0..<2 {
      try await kept.send("GET /2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(try await kept.reply().text == "GET /2 \n")
    }
  }

  @Test func anAnswerToHeadHasNoBody() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    for _ in 0..<2 {
      try await probe.send("HEAD", "/x")
      let reply = try await probe.reply(to: "HEAD")
      #expect(reply.status == 200)
      #expect(reply.fields["Content-Length"] == "\("HEAD /x \n".utf8.count)")
      #expect(probe.unreadBytes.isEmpty)
    }
  }

  @Test func aLargeAnswerArrives() async throws {
    let server = try await TestServer.start()
    let reply = try await HTTPProbe.request("GET", "/large", port: server.listener.port, within: .seconds(60))
    #expect(reply.body.count == 8 << 20)
  }

  @Test func ipv6IsServed() async throws {
    let server = try await TestServer.start(host: "::1")
    #expect(server.listener.authority == "[::1]:\(server.listener.port)")
    let probe = try await HTTPProbe.connect(to: server.listener.port, host: "::1")
    try await probe.send("GET", "/x")
    #expect(try await probe.reply().text == "GET /x \n")
  }

  @Test func anAddressInUseIsAnError() async throws {
    let first = try await TestServer.start()
    let second = HTTPServer(
      configuration: ServerConfiguration(host: "127.0.0.1", port: first.listener.port),
      connections: Gauge("connections", help: "Open."), connectionsRefused: Counter("refused_total", help: "Refused.")
    ) { EchoConnection(transport: $0, events: first.events, gate: first.gate) }
    await #expect(throws: BindError.self) { _ = try await second.bind() }
  }

  // MARK: Answers before the end of a request

  @Test(arguments: ["/refuse", "/limit"])
  func aSenderThatReadsLateGetsItsEarlyAnswer(_ target: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    // More than the sockets hold: the server has to go on reading.
    try await probe.send("POST", target, body: [UInt8](repeating: 1, count: 12 << 20))
    #expect(try await probe.reply().status == 413)
    try await probe.send("GET", "/next")
    #expect(try await probe.reply().text == "GET /next \n")
  }

  @Test func aSenderThatGoesOnForeverIsCutOffAfterItsAnswer() async throws {
    let server = try await TestServer.start { $0.discardLimit = 100_000 }
    let probe = try await server.connect()
    try await probe.send("POST /limit HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    try await probe.send("3e9\r\n" + String(repeating: "a", count: 1001) + "\r\n")
    #expect(try await probe.reply().status == 413)
    let chunk = "ffff\r\n" + String(repeating: "a", count: 0xffff) + "\r\n"
    // Writing to a connection that the other end has closed fails at some time.
    for _ in 0..<3 { try? await probe.send(chunk) }
    try await probe.waitForClose()
  }

  @Test func anAnswerThatEndsTheConnectionStillLetsTheBodyCome() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST", "/refuse-and-close", body: [UInt8](repeating: 1, count: 8 << 20))
    let reply = try await probe.reply()
    #expect(reply.status == 413)
    #expect(reply.fields["Connection"] == "close")
    try await probe.waitForClose()
  }

  // MARK: Peers that go away

  @Test func aConnectionThatBreaksInABodyIsReported() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello")
    try await server.wait(for: "began POST /x")
    try await probe.close()
    try await server.wait(for: "closed")
    #expect(!server.events.value.contains("ended POST /x"))
  }

  @Test func aConnectionThatBreaksBeforeItsAnswerIsReported() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("GET", "/wait")
    try await server.wait(for: "ended GET /wait")
    try await probe.close()
    try await server.wait(for: "closed")
    server.gate.open()
    let next = try await server.connect()
    try await next.send("GET", "/next")
    #expect(try await next.reply().status == 200)
  }

  // MARK: The end

  @Test func closingLetsRequestsEnd() async throws {
    let server = try await TestServer.start()
    let busy = try await server.connect()
    try await busy.send("GET", "/wait")
    try await server.wait(for: "ended GET /wait")
    let idle = try await server.connect()
    try await idle.send("GET", "/x")
    #expect(try await idle.reply().status == 200)

    let listener = server.listener
    async let closed: Void = listener.close()
    #expect(try await idle.waitForClose().isEmpty)
    server.gate.open()
    #expect(try await busy.reply().text == "GET /wait \n")
    try await busy.waitForClose()
    await closed
    try await listener.closed()
    await #expect(throws: (any Error).self) { try await HTTPProbe.connect(to: listener.port) }
  }

  @Test func aCancelledCloseCutsRequestsOff() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("GET", "/silent")
    try await server.wait(for: "ended GET /silent")
    let closing = Task { [listener = server.listener] in await listener.close() }
    closing.cancel()
    await closing.value
    #expect(try await probe.waitForClose().isEmpty)
  }
}
