import Model
import TestSupport
import Testing
import Transport

/// Servers that are closed while there are connections of HTTP/2.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct HTTP2ShutdownTests {
  @Test func anIdleConnectionIsClosedSoon() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1)
    #expect(try await probe.reply(1).status == 200)
    async let closed: Void = server.listener.close()
    try await probe.waitForClose()
    let goAways = probe.state.value.goAways
    #expect(goAways.map { $0.number(at: 4) } == [0, 0])
    #expect(goAways.map { $0.number(at: 0) } == [Int(Int32.max), 1])
    try await probe.close()
    await closed
  }

  @Test func openStreamsEndAndNewOnesAreRefused() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/wait")
    try await probe.send(.request(3, "POST", ends: false))
    try await server.wait(for: "began POST /x")
    async let closed: Void = server.listener.close()
    let state = try await probe.state.wait(for: "the last stream") { $0.goAways.count == 2 }
    #expect(state.goAways.last?.number(at: 0) == 3)
    try await probe.request(5, "GET", "/late")
    try await probe.send(.data(3, "hi", ends: true))
    #expect(try await probe.reply(3).text == "POST /x hi\n")
    #expect(!probe.state.value.isClosed)
    server.gate.open()
    #expect(try await probe.reply(1).text == "GET /wait \n")
    #expect(try await probe.waitForClose() == [0, 0])
    try await probe.close()
    await closed
    #expect(!server.events.value.contains("began GET /late"))
  }

  /// The client has sent a request before it could read that the server is going.
  @Test func aRequestThatRacesWithTheAnnouncementIsServed() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(acknowledges: false)
    try await probe.request(1)
    #expect(try await probe.reply(1).status == 200)
    async let closed: Void = server.listener.close()
    let state = try await probe.state.wait(for: "the announcement, and the ping after it") { state in
      state.goAways.count == 1 && state.control.contains { $0.kind == HTTP2Frame.ping }
    }
    try await probe.request(3, "GET", "/racing")
    #expect(try await probe.reply(3).text == "GET /racing \n")
    let ping = try #require(state.control.first { $0.kind == HTTP2Frame.ping })
    try await probe.send(HTTP2Frame(ping.kind, flags: HTTP2Frame.ack, ping.payload))
    try await probe.waitForClose()
    #expect(probe.state.value.goAways.last?.number(at: 0) == 3)
    try await probe.close()
    await closed
  }

  @Test func aPeerThatDoesNotAnswerThePingHoldsNothingUp() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(acknowledges: false)
    try await probe.request(1)
    #expect(try await probe.reply(1).status == 200)
    // The peer does not even close its side.
    await server.listener.close()
    #expect(try await probe.waitForClose() == [0, 0])
  }

  @Test func aCancelledCloseCutsRequestsOff() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/silent")
    try await server.wait(for: "ended GET /silent")
    let closing = Task { [listener = server.listener] in await listener.close() }
    closing.cancel()
    await closing.value
    try await probe.waitForClose()
  }
}
