import Model
import TestSupport
import Testing
import Transport

/// Peers that mean harm: each of them sees its connection closed, and no other connection notices.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostilePeerTests {
  @Test(arguments: HostilePeer.floods)
  func aFloodEndsTheConnection(_ peer: HostilePeer) async throws {
    try await attack(seeing: peer.code) { probe in await probe.flood { peer.frames($0) } }
  }

  @Test(arguments: HostilePeer.faults)
  func aFaultEndsTheConnection(_ peer: HostilePeer) async throws {
    try await attack(seeing: peer.code) { try await $0.send(peer.frames(0).flatMap(\.bytes)) }
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", String(repeating: "\0", count: 100), "abcdefghijklmnop"])
  func garbageAfterThePreface(text: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(settings: nil)
    try await probe.send(HTTP2Frame.preface + Array(text.utf8))
    let codes = try await probe.waitForClose()
    #expect(codes == [1] || codes == [6])
    #expect(!server.events.value.contains { $0.hasPrefix("began") })
  }

  @Test func theFirstFrameHasToBeSettings() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(settings: nil)
    try await probe.send(HTTP2Frame.preface + HTTP2Frame.request(1).bytes)
    #expect(try await probe.waitForClose() == [1])
    #expect(!server.events.value.contains { $0.hasPrefix("began") })
  }

  /// A peer that has not read the limit yet has its streams refused; one that has is at fault.
  @Test func moreStreamsThanAllowed() async throws {
    let server = try await TestServer.start { $0.http2.maximumConcurrentStreams = 4 }
    let probe = try await server.connectHTTP2(acknowledges: false)
    for stream in [1, 3, 5, 7, 9, 11] { try await probe.request(stream, "GET", "/wait") }
    for stream in [9, 11] { #expect(try await probe.resetCode(stream) == 7) }
    try await probe.send(.settingsAck, .request(13))
    #expect(try await probe.waitForClose() == [1])
    #expect(server.events.value.filter { $0 == "began GET /wait" }.count == 4)
  }

  @Test func refusedStreamsMayBeTriedAgain() async throws {
    let server = try await TestServer.start { $0.http2.maximumConcurrentStreams = 100 }
    let probe = try await server.connectHTTP2(acknowledges: false)
    // A client that begins with what it has, before it knows the limit.
    for number in 0..<400 { try await probe.request(2 * number + 1, "GET", "/wait") }
    for number in 100..<400 { #expect(try await probe.resetCode(2 * number + 1) == 7) }
    server.gate.open()
    for number in 0..<100 { #expect(try await probe.reply(2 * number + 1).status == 200) }
    try await probe.request(801)
    #expect(try await probe.reply(801).status == 200)
  }

  @Test(arguments: [
    [(":method", "GET"), (":scheme", "http")], [(":method", "GET"), (":path", "/")],
    [(":scheme", "http"), (":path", "/")], [],
    [(":method", "GET"), (":scheme", "http"), (":path", "")],
    [(":method", "GET"), (":method", "POST"), (":scheme", "http"), (":path", "/")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":path", "/smuggled")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":status", "200")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":unknown", "a")],
    [(":method", "GET"), (":scheme", "http"), ("a", "b"), (":path", "/")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("connection", "close")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("transfer-encoding", "chunked")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("te", "gzip")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("content-length", "-1")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("content-length", "1"), ("content-length", "2")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("Upper", "case")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("", "no name")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("a b", "c")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("a", "b\r\nGET /smuggled")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("a", "b\0c")],
    [(":method", "G T"), (":scheme", "http"), (":path", "/")],
    [(":method", "GET"), (":scheme", "http"), (":path", "/a b")],
    [(":method", "GET"), (":scheme", "http"), (":path", "smuggled")],
  ])
  func malformedHeadsAreResetAndTheRestGoesOn(fields: [(String, String)]) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.request(1, "GET", "/wait")
    try await probe.send(.headers(3, fields))
    #expect(try await probe.resetCode(3) == 1)
    server.gate.open()
    #expect(try await probe.reply(1).status == 200)
    #expect(server.events.value == ["began GET /wait", "ended GET /wait"])
  }

  @Test func aFaultOfAStreamEndsItAlone() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(
      .request(1, "POST", ends: false), .request(3, "GET", "/wait"), .windowUpdate(1, Int(Int32.max)))
    #expect(try await probe.resetCode(1) == 3)
    try await server.wait(for: "aborted POST /x")
    server.gate.open()
    #expect(try await probe.reply(3).status == 200)
  }

  @Test func aWindowThatASettingTakesBeyondItsLimit() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2()
    try await probe.send(.settings([(id: 4, value: 0)]), .request(1, "GET", "/wait"))
    try await server.wait(for: "ended GET /wait")
    // The windows of all streams move with the setting, even beyond their limit.
    try await probe.send(.windowUpdate(1, 1 << 30), .settings([(id: 4, value: Int(Int32.max))]))
    #expect(try await probe.resetCode(1) == 3)
  }

  /// Attacks one connection of a server while another one works.
  private func attack(seeing code: Int, _ attack: (HTTP2Probe) async throws -> Void) async throws {
    // On a busy machine a peer may take longer than a second to read why it is ended.
    let server = try await TestServer.start { $0.http2.lingerTimeout = .seconds(60) }
    let neighbour = try await server.connectHTTP2()
    try await neighbour.request(1, "GET", "/wait")
    try await neighbour.send(.request(3, "POST", ends: false), .data(3, "half "))
    try await server.wait(for: "began POST /x")

    let probe = try await server.connectHTTP2()
    try await attack(probe)
    #expect(try await probe.waitForClose() == [code])
    try await probe.close()
    try await server.wait(for: "closed")

    try await neighbour.send(.data(3, "done", ends: true))
    #expect(try await neighbour.reply(3).text == "POST /x half done\n")
    server.gate.open()
    #expect(try await neighbour.reply(1).text == "GET /wait \n")
    #expect(!server.events.value.contains("ended what was not open"))
  }
}
