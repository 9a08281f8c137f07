import Model
import TestSupport
import Testing
import Transport

/// Connections of HTTP/2 to a real server, from the first request to the last.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct HTTP2ServerTests {
  @Test func aConnectionServesManyRequests() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    for number in 0..<50 {
      try await probe.request(2 * number + 1, "POST", "/\(number)", body: Array("body \(number)".utf8))
      let reply = try await probe.reply(2 * number + 1)
      #expect(reply.status == 200)
      #expect(reply.text == "POST /\(number) body \(number)\n")
      #expect(reply.heads.first?["content-length"] == "\(reply.body.count)")
      #expect(reply.heads.first?["content-type"] == "text/plain; charset=utf-8")
    }
    #expect(server.events.value.count == 100)
  }

  @Test func answersComeInTheOrderInWhichTheyAreGiven() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/wait")
    try await probe.request(3, "POST", "/wait", body: Array("hi".utf8))
    try await server.wait(for: "ended POST /wait")
    for stream in [5, 7, 9] {
      try await probe.request(stream)
      #expect(try await probe.reply(stream).text == "GET /x \n")
    }
    #expect(probe.state.value.replies[1] == nil)
    server.gate.open()
    #expect(try await probe.reply(1).text == "GET /wait \n")
    #expect(try await probe.reply(3).text == "POST /wait hi\n")
  }

  @Test func manyStreamsAtOnce() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    let streams = Array(stride(from: 1, to: 200, by: 2))
    for stream in streams { try await probe.send(.request(stream, "POST", "/\(stream)", ends: false)) }
    for part in ["a", "b"] {
      for stream in streams { try await probe.send(.data(stream, part)) }
    }
    for stream in streams.reversed() { try await probe.send(.data(stream, ends: true)) }
    for stream in streams { #expect(try await probe.reply(stream).text == "POST /\(stream) ab\n") }
  }

  @Test func aMebibyteIsSentWithoutWaiting() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for stream in [1, 3, 5] { try await probe.request(stream, "POST", body: body) }
    for stream in [1, 3, 5] {
      #expect(try await probe.reply(stream).body.count == body.count + "POST /x \n".utf8.count)
    }
  }

  @Test func aConnectionTakesMoreThanItsWindow() async throws {
    let server = try await TestServer.start {
      $0.http2.streamWindow = 65_536
      $0.http2.connectionWindow = 131_072
    }
    let probe = try await server.connectHTTP2()
    // Each body fills a stream's window, and two of them the connection's.
    for number in 0..<10 {
      let stream = 2 * number + 1
      try await probe.request(stream, "POST", body: [UInt8](repeating: 120, count: 65_536))
      #expect(try await probe.reply(stream).status == 200)
    }
  }

  @Test func permissionIsGivenWhereTheBodyIsWanted() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", fields: [("expect", "100-Continue")], ends: false))
    try await probe.state.wait(for: "permission") { $0.replies[1]?.status == 100 }
    try await probe.send(.data(1, "hello", ends: true))
    #expect(try await probe.reply(1).text == "POST /x hello\n")
    try await probe.send(.request(3, "POST", "/refuse", fields: [("expect", "100-continue")], ends: false))
    let refused = try await probe.reply(3)
    #expect(refused.heads.count == 1)
    #expect(refused.status == 413)
  }

  @Test func anAnswerToHeadHasNoBody() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "HEAD")
    let reply = try await probe.reply(1)
    #expect(reply.status == 200)
    #expect(reply.heads.first?["content-length"] == "\("HEAD /x \n".utf8.count)")
    #expect(reply.body.isEmpty)
  }

  @Test func aLargeAnswerArrives() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/large")
    #expect(try await probe.reply(1, within: .seconds(60)).body.count == 8 << 20)
  }

  @Test func aLargeAnswerMayBePaidForFrameByFrame() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(settings: [(id: 1, value: 0)])
    try await probe.request(1, "GET", "/large")
    var paid = 65_535
    while paid < 8 << 20 {
      // A thrifty client: as many updates as there can be frames.
      let awaited = paid
      try await probe.state.wait(for: "\(awaited) bytes") { ($0.replies[1]?.body.count ?? 0) >= awaited || $0.isClosed }
      try await probe.send(.windowUpdate(1, 8192))
      paid += 8192
    }
    #expect(try await probe.reply(1).body.count == 8 << 20)
  }

  // MARK: Requests that are not read to their end

  @Test(arguments: ["/refuse", "/limit"])
  func aRefusedBodyIsReadToItsEnd(_ target: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", target, ends: false))
    let piece = HTTP2Frame.data(1, [UInt8](repeating: 1, count: 16_384))
    for _ in 0..<8 { try await probe.send(piece) }
    #expect(try await probe.reply(1).status == 413)
    try await probe.send(.data(1, ends: true))
    try await probe.request(3)
    #expect(try await probe.reply(3).status == 200)
    #expect(probe.state.value.replies[1]?.resetCode == nil)
  }

  @Test func aRefusedBodyWithoutEndIsCutOffAfterItsAnswer() async throws {
    let server = try await TestServer.start { $0.discardLimit = 100_000 }
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", "/refuse", ends: false))
    #expect(try await probe.reply(1).isComplete)
    let piece = HTTP2Frame.data(1, [UInt8](repeating: 1, count: 16_384))
    for _ in 0..<7 { try await probe.send(piece) }
    #expect(try await probe.resetCode(1) == 0)
    // What was on its way is of no consequence.
    for _ in 0..<7 { try await probe.send(piece) }
    try await probe.request(3)
    #expect(try await probe.reply(3).status == 200)
  }

  @Test func fieldsBeyondTheLimitAreRefusedOnTheirStreamOnly() async throws {
    let server = try await TestServer.start { $0.maximumHeaderBytes = 1000 }
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/wait")
    try await probe.request(3, fields: [("x", String(repeating: "a", count: 1000))])
    #expect(try await probe.reply(3).status == 431)
    try await probe.request(5, "POST", fields: [("x", String(repeating: "a", count: 1000))], body: [1, 2, 3])
    #expect(try await probe.reply(5).status == 431)
    server.gate.open()
    #expect(try await probe.reply(1).status == 200)
    #expect(server.events.value == ["began GET /wait", "ended GET /wait"])
  }

  @Test(arguments: [
    HTTP2Frame.reset(1), .data(1, "too much", ends: true), .data(1, ends: true), .headers(1, [("a", "1")], ends: false),
  ])
  func aRequestThatBreaksOffIsAborted(frame: HTTP2Frame) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", fields: [("content-length", "5")], ends: false), .data(1, "he"))
    try await server.wait(for: "began POST /x")
    try await probe.send(frame)
    try await server.wait(for: "aborted POST /x")
    try await probe.request(3)
    #expect(try await probe.reply(3).status == 200)
    #expect(server.events.value == ["began POST /x", "aborted POST /x", "began GET /x", "ended GET /x"])
  }

  @Test func aRequestThatIsResetBeforeItsAnswerIsAborted() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/wait")
    try await server.wait(for: "ended GET /wait")
    try await probe.send(.reset(1))
    try await server.wait(for: "aborted")
    server.gate.open()
    try await probe.request(3)
    #expect(try await probe.reply(3).status == 200)
    #expect(probe.state.value.replies[1] == nil)
  }

  @Test func aRequestThatIsResetAtOnceIsAborted() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", ends: false), .reset(1), .request(3, "GET", "/silent"), .reset(3))
    try await probe.request(5)
    #expect(try await probe.reply(5).status == 200)
    #expect(server.events.value.filter { $0.hasPrefix("aborted") }.count == 2)
  }

  @Test(arguments: [true, false])
  func aConnectionThatBreaksIsReported(isHalfClosed: Bool) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", ends: false), .request(3, "GET", "/wait"))
    try await server.wait(for: "ended GET /wait")
    if isHalfClosed { try await probe.finishSending() } else { try await probe.close() }
    try await server.wait(for: "closed")
    server.gate.open()
    let next = try await server.connectHTTP2()
    try await next.request(1)
    #expect(try await next.reply(1).status == 200)
    #expect(!server.events.value.contains("ended POST /x"))
  }

  @Test func aPeerThatGoesAwayGetsItsAnswersAndIsClosed() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "GET", "/wait"), .goAway())
    try await server.wait(for: "ended GET /wait")
    server.gate.open()
    #expect(try await probe.reply(1).status == 200)
    try await probe.waitForClose()
    try await server.wait(for: "closed")
  }
}
