import NIOCore
import TestSupport
import Testing

@testable import Transport

/// HTTP/2 and HTTP/1.1 on one port.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ProtocolDetectorTests {
  private static let preface = HTTP2Frame.preface

  @Test(arguments: 0...24)
  func aBeginningOfThePrefaceIsEnoughOnlyAsAWhole(count: Int) {
    let bytes = ByteBuffer(bytes: Self.preface.prefix(count))
    #expect(ProtocolDetector.protocol(of: bytes) == (count == 24 ? .http2 : nil))
    let more = ByteBuffer(bytes: Self.preface.prefix(count) + [UInt8](repeating: 0, count: 24))
    #expect(ProtocolDetector.protocol(of: more) == (count == 24 ? .http2 : .http1))
  }

  @Test(arguments: 0..<24)
  func oneWrongByteMakesItHTTP1(position: Int) {
    var bytes = Self.preface
    bytes[position] ^= 0x20
    #expect(ProtocolDetector.protocol(of: ByteBuffer(bytes: bytes)) == .http1)
    #expect(ProtocolDetector.protocol(of: ByteBuffer(bytes: bytes.prefix(position + 1))) == .http1)
  }

  @Test(arguments: ["GET", "POST", "PUT", "PATCH", "PROPFIND", "OPTIONS"])
  func methodsThatBeginLikeThePreface(method: String) async throws {
    let server = try await TestServer.start()
    for cut in 1...5 {
      let probe = try await server.connect()
      let request = Array("\(method) /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi".utf8)
      try await probe.send(Array(request[..<cut]))
      try await probe.send(Array(request[cut...]))
      #expect(try await probe.reply().text == "\(method) /x hi\n")
    }
  }

  @Test func aTargetThatLooksLikeThePrefaceIsAnHTTP1Error() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("PRI /x HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try await probe.reply().status == 400)
    try await probe.waitForClose()
  }

  @Test(arguments: 1..<24)
  func aPrefaceInTwoPieces(cut: Int) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connectHTTP2(settings: nil)
    let frames = [HTTP2Frame.settings(HTTP2Probe.settings), .request(1)].flatMap(\.bytes)
    try await probe.send(Array(Self.preface[..<cut]))
    try await probe.send(Array(Self.preface[cut...]) + frames)
    #expect(try await probe.reply(1).text == "GET /x \n")
  }

  @Test func aConversationByteByByte() async throws {
    let server = try await TestServer.start()
    // An acknowledgement would come between the bytes.
    let probe = try await server.connectHTTP2(settings: nil, acknowledges: false)
    let frames = [
      HTTP2Frame.settings(HTTP2Probe.settings), .request(1, "POST", ends: false), .data(1, "hi", ends: true),
    ]
    for byte in Self.preface + frames.flatMap(\.bytes) { try await probe.send([byte]) }
    #expect(try await probe.reply(1).text == "POST /x hi\n")
  }

  @Test(arguments: [1, 3, 23])
  func aPrefaceThatTakesTooLongClosesTheConnection(count: Int) async throws {
    let server = try await TestServer.start { $0.headTimeout = .milliseconds(500) }
    let probe = try await server.connectHTTP2(settings: nil)
    try await probe.send(Array(Self.preface.prefix(count)))
    #expect(try await probe.waitForClose().isEmpty)
    #expect(server.events.value.isEmpty)
  }

  @Test func aPeerThatSaysNothingIsClosed() async throws {
    let server = try await TestServer.start { $0.idleTimeout = .milliseconds(200) }
    try await server.connectHTTP2(settings: nil).waitForClose()
  }
}
