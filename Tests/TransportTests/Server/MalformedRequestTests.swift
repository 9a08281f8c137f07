import Model
import TestSupport
import Testing
import Transport

/// Requests with which one program could be made to see a request where another sees a body.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct MalformedRequestTests {
  @Test(
    arguments: MalformedRequest.lengths + MalformedRequest.codings + MalformedRequest.sizes + MalformedRequest.lines)
  func itIsRefusedAndNothingAfterItIsRead(_ request: MalformedRequest) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send(request.text + MalformedRequest.smuggled)
    let reply = try await probe.reply()
    #expect(reply.status == request.status, "\(reply.text)")
    #expect(reply.fields["Connection"] == "close")
    #expect(try await probe.waitForClose().isEmpty)
    #expect(!server.events.value.contains { $0.contains("/smuggled") || $0.hasPrefix("ended") })
  }

  @Test(arguments: [
    "9223372036854775807", "9223372036854775808", "18446744073709551615", "1001",
  ])
  func aLengthBeyondTheLimitIsRefusedBeforeAnythingIsRead(_ length: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST /limit HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
    #expect(try await probe.reply().status == 413)
  }

  @Test(arguments: ["Content-Length: 0005", "Content-Length:5", "Content-Length:  5  ", "content-LENGTH: 5"])
  func oddButClearLengthsAreTaken(_ line: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\nhello")
    #expect(try await probe.reply().text == "POST /x hello\n")
  }

  @Test(arguments: ["Transfer-Encoding: chunked", "transfer-encoding: CHUNKED"])
  func chunksAreTaken(_ line: String) async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n")
    try await probe.send("2;a=\"b\"\r\nhe\r\n003\r\nllo\r\n0\r\nX: 1\r\n\r\n" + MalformedRequest.smuggled)
    #expect(try await probe.reply().text == "POST /x hello\n")
    // Here it is no smuggled request but simply the next one.
    #expect(try await probe.reply().text == "GET /smuggled \n")
  }

  @Test func fieldsBeyondTheirLimitsAreRefused() async throws {
    for fields in [
      String(repeating: "X: \(String(repeating: "a", count: 100))\r\n", count: 20),
      "X: \(String(repeating: "a", count: 2000))\r\n",
      "\(String(repeating: "X", count: 2000)): a\r\n",
      String(repeating: "X: a\r\n", count: 200),
    ] {
      let server = try await TestServer.start { $0.maximumHeaderBytes = 1024 }
      let probe = try await server.connect()
      try await probe.send("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" + MalformedRequest.smuggled)
      let reply = try await probe.reply()
      #expect(reply.status == 431, "\(reply.text)")
      try await probe.waitForClose()
      #expect(!server.events.value.contains { $0.hasPrefix("began") })
    }
  }

  @Test func aTargetWithoutEndIsRefused() async throws {
    let server = try await TestServer.start()
    let probe = try await server.connect()
    try await probe.send("GET /" + String(repeating: "a", count: 1 << 20))
    let reply = try await probe.reply()
    #expect([400, 414, 431].contains(reply.status), "\(reply.text)")
    try await probe.waitForClose()
  }

  @Test func trailersBeyondTheLimitAreRefused() async throws {
    let server = try await TestServer.start { $0.maximumHeaderBytes = 1024 }
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
    try await probe.send(String(repeating: "X: \(String(repeating: "a", count: 100))\r\n", count: 20) + "\r\n")
    #expect(try await probe.reply().status == 431)
    try await probe.waitForClose()
    #expect(!server.events.value.contains { $0.hasPrefix("ended") })
  }
}
