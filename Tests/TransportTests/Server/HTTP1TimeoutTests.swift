import Foundation
import Model
import TestSupport
import Testing
import Transport

/// Peers that take too long. Every limit but the one that is tested is far away.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct HTTP1TimeoutTests {
  private func start(
    _ limit: WritableKeyPath<ServerLimits, Duration>, _ duration: Duration = .milliseconds(200)
  ) async throws -> TestServer {
    try await TestServer.start { $0[keyPath: limit] = duration }
  }

  @Test(arguments: [("", 0), ("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n", 1)])
  func anIdleConnectionIsClosed(request: String, answers: Int) async throws {
    let server = try await start(\.idleTimeout, .seconds(1))
    let connection = try BlockingConnection(port: server.listener.port, request: request)
    let text = connection.readToEnd()
    #expect(text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count - 1 == answers)
    connection.close()
  }

  @Test func aRequestThatWaitsForItsAnswerIsNotIdle() async throws {
    let server = try await start(\.idleTimeout, .seconds(1))
    let waiting = try BlockingConnection(
      port: server.listener.port, request: "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
    try await server.wait(for: "ended GET /wait")
    // A connection that came later has been idle for too long by now: so would the first one have been.
    let later = try BlockingConnection(port: server.listener.port, request: "")
    #expect(later.readToEnd().isEmpty)
    server.gate.open()
    #expect(waiting.readToEnd().hasSuffix("GET /wait \n"))
    waiting.close()
    later.close()
  }

  @Test(arguments: ["G", "GET / HTTP/1.1\r\nHost: a\r\nX: "])
  func aHeadThatTakesTooLongClosesTheConnection(beginning: String) async throws {
    let server = try await start(\.headTimeout)
    let probe = try await server.connect()
    try await probe.send("GET", "/1")
    #expect(try await probe.reply().status == 200)
    try await probe.send(beginning)
    #expect(try await probe.waitForClose().isEmpty)
  }

  @Test func aHeadThatKeepsComingIsStillTooLate() async throws {
    let server = try await start(\.headTimeout)
    let probe = try await server.connect()
    try await probe.send("GET / HTTP/1.1\r\nX: ")
    // Bytes that come one by one do not move the deadline. They stop when the server has had enough.
    let dripping = Task {
      while !Task.isCancelled { try await probe.send("a") }
    }
    try await probe.waitForClose()
    dripping.cancel()
    #expect(!server.events.value.contains { $0.hasPrefix("began") })
  }

  @Test(arguments: ["Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel"])
  func aBodyThatTakesTooLongIsAnswered(rest: String) async throws {
    let server = try await TestServer.start { limits in
      limits.bodyTimeout = .milliseconds(200)
      // So long the connection stays open for the answer to be read.
      limits.headTimeout = .milliseconds(500)
    }
    let probe = try await server.connect()
    try await probe.send("POST /x HTTP/1.1\r\nHost: a\r\n" + rest)
    let reply = try await probe.reply()
    #expect(reply.status == 503)
    #expect(reply.fields["Connection"] == "close")
    #expect(try await probe.waitForClose().isEmpty)
    #expect(server.events.value.contains("timed out POST /x"))
    #expect(!server.events.value.contains("ended POST /x"))
  }

  @Test(arguments: ["/large", "/large-at-once"])
  func anAnswerThatIsNotReadClosesTheConnection(target: String) async throws {
    let server = try await start(\.writeTimeout)
    let request = "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n"
    let reader = try BlockingConnection(port: server.listener.port, request: request)
    try await server.wait(for: "closed")
    reader.close()
  }
}
