import Model
import TestSupport
import Testing
import Transport

/// Answers that are read while they come.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct CurlStreamTests {
  private func start(_ feed: BodyFeed, status: Int = 200) async throws -> (ScriptedUpstream, HTTPRequest) {
    let server = try await ScriptedUpstream.start { _ in .feed(status, fields: ["X-Answer": "yes"], feed) }
    return (server, HTTPRequest("GET", "http://127.0.0.1:\(server.port)/"))
  }

  @Test(arguments: [200, 410, 429])
  func piecesAreThereAsTheyCome(_ status: Int) async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed, status: status)
    let running = RunningHTTPClient()
    let response = try await running.client.stream(request, silence: .seconds(60))
    #expect(response.status == status)
    #expect(response.fields["X-Answer"] == "yes")
    var pieces = response.body.makeAsyncIterator()
    for text in ["one", "two", "three"] {
      feed.send(text)
      #expect(try await pieces.next() == Array(text.utf8))
    }
    feed.end()
    #expect(try await pieces.next() == nil)
    #expect(server.observed.value.openConnections == 1)
  }

  @Test func aBodyThatIsCutFailsAfterWhatCame() async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed)
    defer { withExtendedLifetime(server) {} }
    let running = RunningHTTPClient()
    let response = try await running.client.stream(request, silence: .seconds(60))
    feed.send("half a li")
    feed.cut()
    let (text, failure) = await RunningHTTPClient.read(response)
    #expect(text == "half a li")
    #expect(failure != nil && failure != .timeout && failure != .cancelled)
  }

  @Test func silenceEndsAStream() async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed)
    let time = ManualTime()
    let running = RunningHTTPClient(time: time)
    // The clock is turned by hand: the head's time is up only if a test says so.
    let response = try await running.client.stream(request, silence: .seconds(90))
    let reading = Task { await RunningHTTPClient.read(response) }
    // One sleep for the head, unless it was there already; then one for every time that nothing is there.
    try await server.requests(count: 1)
    feed.send("something")
    try await feed.written.wait(for: "the piece") { $0 == 9 }
    while time.sleeperCount == 0 { await Task.yield() }
    time.advance(by: .seconds(91))
    let (text, failure) = await reading.value
    #expect(text == "something" || text.isEmpty)
    #expect(failure == .timeout)
    try await server.observed.wait(for: "the connection to close") { $0.openConnections == 0 }
  }

  @Test func aHeadThatDoesNotComeEndsAStream() async throws {
    let server = try await ScriptedUpstream.start { _ in .after(Gate(), .answer(200)) }
    let time = ManualTime()
    let running = RunningHTTPClient(time: time)
    let request = HTTPRequest("GET", "http://127.0.0.1:\(server.port)/", timeout: .seconds(5))
    let task = Task { try await running.client.stream(request, silence: .seconds(90)).status }
    #expect(try await time.nextSleep() == time.now + .seconds(5))
    try await server.requests(count: 1)
    time.advance(by: .seconds(5))
    await #expect(throws: HTTPFailure.timeout) { try await task.value }
    try await server.observed.wait(for: "the connection to close") { $0.openConnections == 0 }
  }

  @Test func leavingAStreamEndsTheRequest() async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed)
    let running = RunningHTTPClient()
    feed.send("one")
    do {
      let response = try await running.client.stream(request, silence: .seconds(60))
      for try await _ in response.body { break }
    }
    try await server.observed.wait(for: "the connection to close") { $0.openConnections == 0 }
  }

  @Test func cancellingTheReaderEndsTheRequest() async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed)
    let running = RunningHTTPClient()
    let response = try await running.client.stream(request, silence: .seconds(60))
    let reading = Task { await RunningHTTPClient.read(response) }
    reading.cancel()
    _ = await reading.value
    try await server.observed.wait(for: "the connection to close") { $0.openConnections == 0 }
  }

  @Test func aReaderThatIsSlowHoldsBackTheSender() async throws {
    let feed = BodyFeed()
    let (server, request) = try await start(feed)
    defer { withExtendedLifetime(server) {} }
    let running = RunningHTTPClient { $0.bufferLimit = 64 << 10 }
    let response = try await running.client.stream(request, silence: .seconds(60))
    let piece = [UInt8](repeating: 1, count: 1 << 20)
    let total = 64
    for _ in 0..<total { feed.send(piece) }
    feed.end()
    // What the kernel and the buffer hold can be written, and no more. The sender comes to a stop at less than that.
    try await feed.written.wait(for: "a piece") { $0 >= piece.count }
    for _ in 0..<1000 { await Task.yield() }
    #expect(feed.written.value < total * piece.count)
    var count = 0
    for try await bytes in response.body { count += bytes.count }
    #expect(count == total * piece.count)
  }
}
