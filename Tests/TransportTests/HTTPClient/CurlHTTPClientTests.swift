import Model
import TestSupport
import Testing
import Transport

/// Requests of any kind, over real sockets.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct CurlHTTPClientTests {
  private func url(_ server: ScriptedUpstream, _ target: String = "/") -> String {
    "http://127.0.0.1:\(server.port)\(target)"
  }

  @Test(
    arguments: [
      ("GET", nil), ("DELETE", nil), ("DELETE", "x"), ("POST", "hello"), ("POST", ""), ("POST", nil), ("PUT", "hello"),
      ("PATCH", "hello"), ("PUT", ""), ("OPTIONS", nil),
    ] as [(String, String?)])
  func aRequestArrivesAsItIs(method: String, body: String?) async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(201, fields: ["X-Answer": " yes "], body: "done") }
    let running = RunningHTTPClient()
    for number in 0..<2 {
      let request = HTTPRequest(
        method, url(server, "/a%2Fb?c=\(number)"), fields: ["X-One": "1", "X-Empty": ""],
        body: body.map { Array($0.utf8) })
      let response = try await running.client.send(request)
      #expect(response.status == 201)
      #expect(response.fields["x-answer"] == "yes")
      #expect(String(decoding: response.body, as: UTF8.self) == "done")
      let received = server.requests[number]
      #expect(received.method == method)
      #expect(received.target == "/a%2Fb?c=\(number)")
      #expect(received.fields["X-One"] == "1")
      #expect(received.fields["X-Empty"] == "")
      #expect(received.fields["User-Agent"] == "tests/1")
      for name in ["Accept", "Content-Type", "Expect"] { #expect(received.fields[name] == nil, "\(name)") }
      #expect(String(decoding: received.body, as: UTF8.self) == body ?? "")
    }
    #expect(server.observed.value.connections == 1)
  }

  @Test func theHeadOfAnAnswerIsAllThereIsToHEAD() async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(200, fields: ["X-Answer": "yes"], body: "done") }
    let running = RunningHTTPClient()
    let response = try await running.client.send(HTTPRequest("HEAD", url(server)))
    #expect(response.fields["X-Answer"] == "yes" && response.body.isEmpty)
  }

  @Test func requestsOfAllKindsShareAHandleAndLeaveNothingBehind() async throws {
    let server = try await ScriptedUpstream.start()
    let running = RunningHTTPClient { $0.maximumRequests = 1 }
    for method in ["POST", "GET", "HEAD", "PUT", "GET", "DELETE", "POST", "GET"] {
      let body: [UInt8]? = ["POST", "PUT"].contains(method) ? [1, 2, 3] : nil
      _ = try await running.client.send(HTTPRequest(method, url(server), fields: ["X-Method": method], body: body))
      let received = try #require(server.requests.last)
      #expect(received.method == method)
      #expect(received.body == body ?? [])
      #expect(received.fields.values(of: "X-Method") == [method])
    }
  }

  @Test(arguments: [0, 1, 200_000, 3_000_000])
  func aLongBodyIsReadWhole(_ length: Int) async throws {
    let text = String(repeating: "x", count: length)
    let server = try await ScriptedUpstream.start { _ in .answer(200, body: text) }
    // A buffer that is smaller than the body: the sender is held back and goes on.
    let running = RunningHTTPClient { $0.bufferLimit = 32 << 10 }
    let exact = HTTPRequest("GET", url(server), responseLimit: length)
    #expect(try await running.client.send(exact).body.count == length)
    let limited = HTTPRequest("GET", url(server), responseLimit: length - 1)
    guard length > 0 else { return }
    await #expect(throws: HTTPFailure.tooLong(limit: length - 1)) { try await running.client.send(limited) }
    #expect(try await running.client.send(exact).body.count == length)
  }

  @Test func aLongBodyIsSentWithoutAsking() async throws {
    let server = try await ScriptedUpstream.start()
    let running = RunningHTTPClient()
    let body = [UInt8](repeating: 7, count: 3 << 20)
    let request = HTTPRequest("PATCH", url(server), fields: ["Content-Type": "application/x"], body: body)
    _ = try await running.client.send(request)
    #expect(server.requests[0].body == body)
    #expect(server.requests[0].fields["Content-Type"] == "application/x")
    #expect(server.requests[0].fields["Expect"] == nil)
  }

  @Test(arguments: ["a\r\nX-Evil: 1", "a\0", "a\u{7F}"])
  func aFieldThatWouldBeTwoIsNotSent(_ value: String) async throws {
    let server = try await ScriptedUpstream.start()
    let running = RunningHTTPClient()
    await #expect(throws: HTTPFailure.self) {
      try await running.client.send(HTTPRequest("GET", url(server), fields: ["X-One": value]))
    }
    #expect(server.requests.isEmpty)
  }

  @Test func timeRunsOut() async throws {
    let gate = Gate()
    let server = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let running = RunningHTTPClient()
    let request = HTTPRequest("GET", url(server), timeout: .milliseconds(200))
    await #expect(throws: HTTPFailure.timeout) { try await running.client.send(request) }
    gate.open()
  }

  @Test func noServerIsAFailureThatSaysSo() async throws {
    let running = RunningHTTPClient()
    let port = try FreePort.find()
    do throws(HTTPFailure) {
      _ = try await running.client.send(HTTPRequest("GET", "http://127.0.0.1:\(port)/"))
      Issue.record("nobody can have answered")
    } catch {
      #expect("\(error)".contains("\(port)"))
    }
  }

  @Test func cancellingTheTaskEndsTheRequest() async throws {
    let server = try await ScriptedUpstream.start { _ in .after(Gate(), .answer(200)) }
    let running = RunningHTTPClient()
    let address = url(server)
    let task = Task { try await running.client.send(HTTPRequest("GET", address)) }
    try await server.requests(count: 1)
    task.cancel()
    await #expect(throws: HTTPFailure.cancelled) { try await task.value }
    try await server.observed.wait(for: "the connection to close") { $0.openConnections == 0 }
    // One that is cancelled before it begins.
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await running.client.send(HTTPRequest("GET", address))
    }
    await #expect(throws: HTTPFailure.cancelled) { try await late.value }
  }

  @Test func theEndOfTheClientEndsAllRequests() async throws {
    let server = try await ScriptedUpstream.start { _ in .after(Gate(), .answer(200)) }
    let running = RunningHTTPClient()
    let address = url(server)
    let task = Task { try await running.client.send(HTTPRequest("GET", address)) }
    try await server.requests(count: 1)
    await running.stop()
    await #expect(throws: HTTPFailure.cancelled) { try await task.value }
    await #expect(throws: HTTPFailure.cancelled) { try await running.client.send(HTTPRequest("GET", address)) }
  }

  @Test func aProxyIsAskedForTheWholeURL() async throws {
    let proxy = try await ScriptedUpstream.start { _ in .answer(200, body: "by proxy") }
    let running = RunningHTTPClient { $0.proxy = "http://127.0.0.1:\(proxy.port)" }
    let response = try await running.client.send(HTTPRequest("GET", "http://elsewhere.invalid/path"))
    #expect(String(decoding: response.body, as: UTF8.self) == "by proxy")
    #expect(proxy.requests[0].target == "http://elsewhere.invalid/path")
  }
}
