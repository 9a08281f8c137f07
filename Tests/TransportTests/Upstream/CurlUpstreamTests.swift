import Foundation
import Model
import TestSupport
import Testing
import Transport

/// The way to the upstream, over real sockets.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct CurlUpstreamTests {
  @Test func oneConnectionServesRequestsThatFollowEachOther() async throws {
    let server = try await ScriptedUpstream.start()
    let upstream = RunningUpstream(url: server.url)
    for number in 1...20 {
      #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
      #expect(server.requests.count == number)
    }
    #expect(server.observed.value.connections == 1)
  }

  @Test func requestsBeyondTheMaximumWaitAndAreAllServed() async throws {
    let gate = Gate()
    let server = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let upstream = RunningUpstream(url: server.url) { $0.maximumRequests = 4 }
    let results = UpstreamResults()
    try upstream.send(0..<100, to: results)
    try upstream.send(100..<200, to: results)
    try await server.requests(count: 4)
    gate.open()
    let ended = try await results.wait(for: 200)
    #expect(ended.count == 200)
    #expect(ended.values.allSatisfy { $0 == .response(UpstreamResponse(status: 200)) })
    #expect(server.observed.value.mostRequestsInFlight == 4)
    #expect(server.observed.value.connections <= 4)
    #expect(Set(server.requests.map(\.body)) == Set((0..<200).map { Array("body \($0)".utf8) }))
  }

  @Test func aConnectionThatTheServerClosedIsReplaced() async throws {
    let server = try await ScriptedUpstream.start { request in
      request.attempt == 1 ? .close : .answer(200)
    }
    let upstream = RunningUpstream(url: server.url)
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
    // The connection breaks under a request that is sent on it; libcurl sends that again by itself,
    // as HTTP lets it, for the server may have closed an idle connection.
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
    #expect(server.observed.value.connections == 2)
  }

  @Test func timeRunsOutForThoseOnTheirWayAndThoseThatWait() async throws {
    let gate = Gate()
    let server = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let upstream = RunningUpstream(url: server.url) { $0.maximumRequests = 2 }
    let results = UpstreamResults()
    try upstream.send(0..<6, to: results, timeout: .milliseconds(300))
    let ended = try await results.wait(for: 6)
    #expect(ended.values.allSatisfy { $0 == .failure(.timeout) })
    #expect(ended.count == 6)
    gate.open()
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
  }

  @Test func cancellingEndsAReceiversRequestsAndNoOthers() async throws {
    let gate = Gate()
    let server = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let upstream = RunningUpstream(url: server.url) { $0.maximumRequests = 4 }
    let cancelled = UpstreamResults()
    let others = UpstreamResults()
    try upstream.send(0..<2, to: cancelled)
    try upstream.send(0..<2, to: others)
    try upstream.send(2..<6, to: cancelled)
    try await server.requests(count: 4)
    upstream.upstream.cancelRequests(of: cancelled)
    let ended = try await cancelled.wait(for: 6)
    #expect(ended.count == 6)
    #expect(ended.values.allSatisfy { $0 == .failure(.cancelled) })
    try await server.observed.wait(for: "two connections to close") { $0.openConnections == 2 }
    gate.open()
    let rest = try await others.wait(for: 2)
    #expect(rest.values.allSatisfy { $0 == .response(UpstreamResponse(status: 200)) })
    #expect(cancelled.results.value.values.allSatisfy { $0.count == 1 })
    #expect(server.requests.count == 4)
  }

  @Test func theEndCancelsAllRequestsAndTakesNoMore() async throws {
    let gate = Gate()
    let server = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let upstream = RunningUpstream(url: server.url) { $0.maximumRequests = 2 }
    let results = UpstreamResults()
    try upstream.send(0..<5, to: results)
    try await server.requests(count: 2)
    await upstream.stop()
    #expect(try await results.wait(for: 5).values.allSatisfy { $0 == .failure(.cancelled) })
    try upstream.send([5], to: results)
    #expect(try await results.wait(for: 6)[5] == .failure(.cancelled))
    #expect(server.requests.count == 2)
    gate.open()
  }

  @Test(arguments: [0, 1, 512, 513, 60_000, 1_000_000])
  func onlyTheBeginningOfAnAnswersBodyIsKept(_ length: Int) async throws {
    let text = String(repeating: "x", count: length)
    let server = try await ScriptedUpstream.start { _ in .answer(400, body: text) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<2 {
      let expected = UpstreamResponse(status: 400, message: String(text.prefix(512)))
      #expect(try await upstream.result() == .response(expected))
    }
    // A connection with an answer that is too long is not worth reading to its end.
    #expect(server.observed.value.connections == (length > 64 << 10 ? 2 : 1))
  }

  @Test(
    arguments: [
      ("0", nil), ("7", 7), (" 12 ", 12), ("-5", nil), ("soon", nil), ("", nil),
      ("Thu, 01 Jan 1970 00:00:00 GMT", nil), ("Thu, 01 Jan", nil),
    ] as [(String, Int?)])
  func retryAfterIsUnderstoodInSeconds(value: String, seconds: Int?) async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(503, fields: ["Retry-After": value]) }
    let upstream = RunningUpstream(url: server.url)
    let expected = UpstreamResponse(status: 503, retryAfter: seconds.map { .seconds($0) })
    #expect(try await upstream.result() == .response(expected))
    // The next answer on the same handle has none.
    #expect(try await upstream.result() == .response(expected))
  }

  @Test func retryAfterIsUnderstoodAsADate() async throws {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    let date = formatter.string(from: Date(timeIntervalSinceNow: 3600))
    let server = try await ScriptedUpstream.start { request in
      request.attempt == 0 ? .answer(503, fields: ["Retry-After": date]) : .answer(503)
    }
    let upstream = RunningUpstream(url: server.url)
    let retryAfter = try #require(try await upstream.result()?.response?.retryAfter)
    #expect(retryAfter > .seconds(3000) && retryAfter <= .seconds(3600))
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 503)))
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func redirectsAreAnswersAndNotFollowed(_ status: Int) async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(status, fields: ["Location": "/elsewhere"]) }
    let upstream = RunningUpstream(url: server.url)
    #expect(try await upstream.result() == .response(UpstreamResponse(status: status)))
    #expect(server.requests.map(\.target) == ["/api/v1/push"])
  }

  @Test func aServerThatIsNotThereIsAFailure() async throws {
    let upstream = RunningUpstream(url: "http://127.0.0.1:\(try FreePort.find())/")
    for _ in 0..<2 {
      #expect(try await upstream.result()?.networkFailure?.isEmpty == false)
    }
  }

  @Test func aNameThatDoesNotExistIsAFailure() async throws {
    let upstream = RunningUpstream(url: "http://no-such-host.invalid/")
    let reason = try #require(try await upstream.result()?.networkFailure)
    #expect(reason.contains("no-such-host.invalid"))
  }

  @Test func whatIsNoHTTPIsAFailure() async throws {
    let server = try ChildProcess(
      URL(filePath: "/usr/bin/python3"),
      [
        "-c",
        """
        import socket, sys
        listener = socket.create_server(("127.0.0.1", 0))
        print("server listening on http://127.0.0.1:%d" % listener.getsockname()[1], file=sys.stderr, flush=True)
        while True:
          connection, _ = listener.accept()
          connection.recv(65536)
          connection.sendall(b"220 mail ready\\r\\n")
          connection.close()
        """,
      ])
    let upstream = RunningUpstream(url: "http://127.0.0.1:\(try await server.port(of: "server"))/")
    #expect(try await upstream.result()?.networkFailure != nil)
  }
}
