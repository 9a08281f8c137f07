import Model
import TestSupport
import Testing
import Transport

/// Peers that take too long. Every limit but the one that is tested is far away.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct HTTP2TimeoutTests {
  private func start(_ limits: WritableKeyPath<ServerLimits, Duration>...) async throws -> TestServer {
    try await TestServer.start { server in
      for limit in limits { server[keyPath: limit] = .seconds(3) }
    }
  }

  /// A connection that has been used goes on being usable.
  private func neighbour(of server: TestServer) async throws -> HTTP2Probe {
    let probe = try await server.connectHTTP2()
    try await probe.request(1)
    #expect(try await probe.reply(1).status == 200)
    return probe
  }

  private func expectUndisturbed(_ neighbour: HTTP2Probe) async throws {
    try await neighbour.request(3)
    #expect(try await neighbour.reply(3).status == 200)
  }

  /// What a client sends at once: the preface, its settings and perhaps a request. All of it is ASCII.
  private static func beginning(_ frames: HTTP2Frame...) -> String {
    let all = [HTTP2Frame.settings(HTTP2Probe.settings)] + frames
    return String(decoding: HTTP2Frame.preface + all.flatMap(\.bytes), as: UTF8.self)
  }

  @Test(arguments: [false, true])
  func anIdleConnectionIsClosed(isUsed: Bool) async throws {
    let server = try await start(\.idleTimeout)
    let request = isUsed ? Self.beginning(.request(1)) : Self.beginning()
    let connection = try BlockingConnection(port: server.listener.port, request: request)
    // Only then is everything there, so that to read it blocks nobody.
    try await server.wait(for: "closed")
    let text = connection.readToEnd()
    #expect(text.contains("GET /x \n") == isUsed)
    #expect(text.utf8.suffix(17).elementsEqual(HTTP2Frame.goAway(last: isUsed ? 1 : 0).bytes))
    connection.close()
  }

  @Test func framesWithoutARequestDoNotKeepAConnectionOpen() async throws {
    let server = try await start(\.idleTimeout)
    let probe = try await server.connectHTTP2()
    // Few enough for the guard of floods: frames that nobody knows.
    await probe.flood { _ in [HTTP2Frame(0x77, [1])] }
    #expect(try await probe.waitForClose() == [0])
  }

  @Test func aRequestThatWaitsForItsAnswerIsNotIdle() async throws {
    let server = try await start(\.idleTimeout, \.bodyTimeout, \.headTimeout, \.writeTimeout)
    let waiting = try BlockingConnection(
      port: server.listener.port, request: Self.beginning(.request(1, "GET", "/wait")))
    try await server.wait(for: "ended GET /wait")
    // A connection that came later has been idle for too long by now: so would the first one have been.
    let later = try BlockingConnection(port: server.listener.port, request: Self.beginning())
    try await server.wait(for: "closed")
    #expect(!later.readToEnd().isEmpty)
    server.gate.open()
    try await server.events.wait(for: "the end of both") { $0.filter { $0 == "closed" }.count == 2 }
    #expect(waiting.readToEnd().contains("GET /wait \n"))
    waiting.close()
    later.close()
  }

  @Test func aBodyThatTakesTooLongIsAnswered() async throws {
    let server = try await start(\.bodyTimeout, \.writeTimeout)
    let neighbour = try await neighbour(of: server)
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", "/slow", ends: false), .request(3, "GET", "/wait"))
    // Bytes that come one by one do not move the deadline.
    let dripping = Task {
      while !Task.isCancelled { try await probe.send(.data(1, "a")) }
    }
    let reply = try await probe.reply(1)
    #expect(reply.status == 503)
    // And as it does not stop after its answer either, it is cut off, for no fault in the protocol.
    #expect(try await probe.resetCode(1) == 0)
    dripping.cancel()
    try await server.wait(for: "timed out POST /slow")
    server.gate.open()
    #expect(try await probe.reply(3).text == "GET /wait \n")
    #expect(!server.events.value.contains { $0.hasPrefix("ended what") || $0 == "ended POST /slow" })
    try await expectUndisturbed(neighbour)
  }

  @Test func aBodyThatEndsAfterItsAnswerIsNotHandedOver() async throws {
    let server = try await start(\.bodyTimeout)
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", "/slow", ends: false))
    #expect(try await probe.reply(1).status == 503)
    try await probe.send(.data(1, "late", ends: true))
    try await probe.request(3)
    #expect(try await probe.reply(3).status == 200)
    #expect(server.events.value == ["began POST /slow", "timed out POST /slow", "began GET /x", "ended GET /x"])
  }

  @Test func newStreamsDoNotPutADeadlineOff() async throws {
    let server = try await start(\.bodyTimeout)
    let probe = try await server.connectHTTP2()
    try await probe.send(.request(1, "POST", "/slow", ends: false))
    let busy = Task {
      var stream = 3
      while !Task.isCancelled {
        try await probe.request(stream)
        _ = try await probe.reply(stream)
        stream += 2
      }
    }
    #expect(try await probe.reply(1).status == 503)
    busy.cancel()
  }

  @Test(arguments: [1, 10, 14])
  func aHeadThatTakesTooLongClosesTheConnection(count: Int) async throws {
    let server = try await start(\.headTimeout)
    let neighbour = try await neighbour(of: server)
    // An acknowledgement would come between the bytes.
    let probe = try await server.connectHTTP2(acknowledges: false)
    try await probe.request(1, "GET", "/wait")
    let head = HTTP2Frame.request(3, fields: [("x", String(repeating: "a", count: 10_000))]).bytes
    try await probe.send(Array(head.prefix(8 + count)))
    // Bytes that come one by one do not move the deadline; the last one never comes.
    let dripping = Task {
      for byte in head.dropFirst(8 + count).dropLast() { try await probe.send([byte]) }
    }
    #expect(try await probe.waitForClose() == [0xb])
    dripping.cancel()
    try await probe.close()
    try await server.wait(for: "closed")
    try await expectUndisturbed(neighbour)
  }

  /// One that does not reopen its windows.
  @Test func aStreamWhoseAnswerIsNotTakenIsReset() async throws {
    let server = try await start(\.writeTimeout)
    let neighbour = try await neighbour(of: server)
    let probe = try await server.connectHTTP2(settings: [(id: 1, value: 0), (id: 4, value: 0)])
    try await probe.request(1)
    #expect(try await probe.resetCode(1) == 8)
    try await expectUndisturbed(neighbour)
  }

  /// One that does not reopen the window of all its streams can take no other answer either.
  @Test func aConnectionWhoseAnswersAreNotTakenIsClosed() async throws {
    let server = try await start(\.writeTimeout)
    let neighbour = try await neighbour(of: server)
    let probe = try await server.connectHTTP2(settings: nil)
    let frames = [HTTP2Frame.settings([(id: 1, value: 0), (id: 4, value: 1 << 30)]), .request(1, "GET", "/large")]
    try await probe.send(HTTP2Frame.preface + frames.flatMap(\.bytes))
    #expect(try await probe.waitForClose() == [0xb])
    try await probe.close()
    try await server.wait(for: "closed")
    try await expectUndisturbed(neighbour)
  }

  @Test func aConnectionThatIsNotReadIsClosed() async throws {
    let server = try await start(\.writeTimeout)
    let neighbour = try await neighbour(of: server)
    let probe = try await server.connectHTTP2(isReading: false)
    try await probe.request(1, "GET", "/large")
    try await server.wait(for: "closed")
    try await expectUndisturbed(neighbour)
    try await probe.close()
  }

  /// Answers that nobody reads are not piled up: the server stops to read requests.
  @Test func aConnectionThatIsNotReadIsNotReadEither() async throws {
    let server = try await TestServer.start()
    let neighbour = try await neighbour(of: server)
    let probe = try await server.connectHTTP2(isReading: false)
    let sending = Task {
      for number in 0..<200 { try await probe.request(2 * number + 1, "GET", "/large") }
    }
    _ = await sending.result
    try await expectUndisturbed(neighbour)
    let served = server.events.value.filter { $0 == "ended GET /large" }.count
    #expect(served <= 128)
    try await probe.close()
    try await server.wait(for: "closed")
  }
}
