import TestSupport
import Testing

@testable import Transport

/// Sessions frame by frame: what goes in, what happened, what comes out.
struct HTTP2SessionTests {
  private static let get = "began 1 :method=GET :scheme=http :path=/x :authority=a"
  private static let post = "began 1 :method=POST :scheme=http :path=/x :authority=a"

  // MARK: Requests

  @Test func bothSidesTellTheirSettings() throws {
    var limits = HTTP2Limits()
    limits.maximumConcurrentStreams = 7
    limits.streamWindow = 100_000
    limits.connectionWindow = 200_000
    let driver = try SessionDriver(limits, headerLimit: 4096, settings: nil)
    #expect(driver.sent() == ["SETTINGS 3=7 4=100000 6=4096", "WINDOW_UPDATE 0 \(200_000 - 65_535)"])
    #expect(try driver.feed(bytes: HTTP2Frame.preface + HTTP2Frame.settings().bytes) == ["control settings"])
    #expect(driver.sent() == ["SETTINGS ACK"])
    #expect(try driver.feed(.settingsAck) == [])
    #expect(driver.sent() == [])
  }

  @Test func aRequestWithoutABody() throws {
    let driver = try SessionDriver()
    #expect(try driver.feed(.request(1)) == [Self.get, "ended 1"])
    driver.respond(1, [(":status", "200"), ("content-length", "5"), ("x-long", "some Text: 1/2")], body: "hello")
    #expect(
      driver.sent() == ["HEADERS 1 :status=200 content-length=5 x-long=some Text: 1/2", "DATA 1 'hello' END"])
    #expect(driver.happened() == ["closed 1 0"])
  }

  @Test func aRequestWithABodyInPieces() throws {
    let driver = try SessionDriver()
    #expect(
      try driver.feed(.request(1, "POST", fields: [("content-length", "5")], ends: false)) == [
        Self.post + " content-length=5"
      ])
    #expect(try driver.feed(.data(1, "he")) == ["data 1 he"])
    #expect(
      try driver.feed(.padded(1, "ll", padding: 9), .data(1, "o", ends: true)) == [
        "data 1 ll", "data 1 o", "ended 1",
      ])
    driver.respond(1, [(":status", "204")])
    #expect(driver.sent() == ["HEADERS 1 :status=204 END"])
    #expect(driver.happened() == ["closed 1 0"])
  }

  @Test func anEmptyLastFrameAndTrailersEndABody() throws {
    let driver = try SessionDriver()
    #expect(
      try driver.feed(.request(1, "POST", ends: false), .data(1, "a"), .data(1, ends: true)) == [
        Self.post, "data 1 a", "ended 1",
      ])
    let second = Self.post.replacing("began 1", with: "began 3")
    #expect(
      try driver.feed(.request(3, "POST", ends: false), .data(3, "a"), .headers(3, [("x-sum", "1")])) == [
        second, "data 3 a", "ended 3",
      ])
  }

  @Test func aHeadInSeveralFrames() throws {
    let driver = try SessionDriver()
    let pseudo = [(":method", "GET"), (":scheme", "http"), (":path", "/x"), (":authority", "a")]
    #expect(try driver.feed(.headers(1, pseudo, isWhole: false), .continuation(1, [("a", "1")])) == [])
    #expect(try driver.feed(.continuation(1, [("b", "2")], isLast: true)) == [Self.get + " a=1 b=2", "ended 1"])
  }

  @Test func permissionToSendTheBody() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1, "POST", fields: [("expect", "100-continue")], ends: false))
    driver.session.inform(on: 1, fields: HTTP2Fields([(":status", "100")]))
    #expect(driver.sent() == ["HEADERS 1 :status=100"])
    #expect(try driver.feed(.data(1, "hi", ends: true)) == ["data 1 hi", "ended 1"])
    driver.respond(1)
    #expect(driver.sent() == ["HEADERS 1 :status=200 END"])
  }

  @Test func fieldsBeyondTheLimit() throws {
    let driver = try SessionDriver(headerLimit: 300)
    #expect(try driver.feed(.request(1, fields: [("a", "1")])) == [Self.get + " a=1", "ended 1"])
    let large = String(repeating: "a", count: 200)
    #expect(try driver.feed(.request(3, fields: [("a", large)])) == ["began 3 too large", "ended 3"])
    #expect(try driver.feed(.request(5)).count == 2)
  }

  @Test(arguments: [("4", "hello"), ("6", "hello"), ("0", "hello"), ("5", "")])
  func aLengthThatIsNotTheBodys(length: String, body: String) throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1, "POST", fields: [("content-length", length)], ends: false))
    let events = try driver.feed(.data(1, body, ends: true))
    #expect(!events.contains("ended 1"))
    #expect(driver.sent() == ["RST_STREAM 1 code=0x1"])
    #expect(driver.happened().contains("closed 1 1"))
    #expect(try driver.feed(.request(3)).count == 2)
  }

  // MARK: Answers

  @Test func anAnswerThatEndsWithTrailers() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    driver.respond(
      1, [(":status", "200"), ("content-type", "application/grpc")], body: "message",
      trailers: [("grpc-status", "0")])
    #expect(
      driver.sent() == [
        "HEADERS 1 :status=200 content-type=application/grpc", "DATA 1 'message'", "HEADERS 1 grpc-status=0 END",
      ])
    #expect(driver.happened() == ["closed 1 0"])
  }

  @Test func anAnswerThatGoesOn() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    driver.respond(1, body: "one", isComplete: false)
    #expect(driver.sent() == ["HEADERS 1 :status=200", "DATA 1 'one'"])
    #expect(driver.sent() == [])
    driver.send("two", 1, isComplete: false)
    #expect(driver.waiting(on: 1) == 3)
    #expect(driver.sent() == ["DATA 1 'two'"])
    driver.send("three", 1, isComplete: true, trailers: [("grpc-status", "5"), ("grpc-message", "no")])
    #expect(driver.sent() == ["DATA 1 'three'", "HEADERS 1 grpc-status=5 grpc-message=no END"])
    #expect(driver.happened() == ["closed 1 0"])
    driver.send("four", 1, isComplete: true)
    #expect(driver.sent() == [])
  }

  @Test func anAnswerThatBeginsWithItsHeadOnly() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    driver.respond(1, isComplete: false)
    #expect(driver.sent() == ["HEADERS 1 :status=200"])
    driver.send("", 1, isComplete: true)
    #expect(driver.sent() == ["DATA 1 '' END"])
  }

  @Test func anAnswerBeforeTheEndOfItsRequest() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1, "POST", ends: false))
    driver.respond(1, [(":status", "413")], body: "no")
    #expect(driver.sent() == ["HEADERS 1 :status=413", "DATA 1 'no' END"])
    #expect(driver.happened() == [])
    #expect(try driver.feed(.data(1, "more")) == ["data 1 more"])
    driver.session.reset(1, .noError)
    #expect(driver.sent() == ["RST_STREAM 1 code=0x0"])
    #expect(driver.happened() == ["closed 1 0"])
  }

  @Test func answersToStreamsThatAreGoneAreDropped() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1), .reset(1))
    driver.respond(1, body: "hello")
    driver.respond(3, body: "hello")
    #expect(driver.waiting(on: 1) == 0)
    #expect(driver.waiting(on: 3) == 0)
    #expect(driver.sent() == [])
  }

  // MARK: Flow control

  @Test func aWindowOfOneByte() throws {
    let driver = try SessionDriver(settings: [(id: 1, value: 0), (id: 4, value: 1)])
    try driver.feed(.request(1))
    driver.respond(1, body: "abc")
    #expect(driver.sent() == ["HEADERS 1 :status=200", "DATA 1 'a'"])
    #expect(driver.waiting(on: 1) == 2)
    try driver.feed(.windowUpdate(1, 1))
    #expect(driver.sent() == ["DATA 1 'b'"])
    try driver.feed(.settings([(id: 4, value: 2)]))
    #expect(driver.sent() == ["SETTINGS ACK", "DATA 1 'c' END"])
    #expect(driver.happened() == ["closed 1 0"])
  }

  @Test func aConnectionWindowIsSharedByItsStreams() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1), .request(3))
    driver.respond(1, body: String(repeating: "a", count: 65_535))
    driver.respond(3, body: "b")
    #expect(driver.sentFrames().filter { $0.kind == HTTP2Frame.data }.map(\.payload.count).reduce(0, +) == 65_535)
    try driver.feed(.windowUpdate(0, 1))
    #expect(driver.sentFrames().map(\.endsStream) == [true])
  }

  @Test func windowsAreReopenedWhenBytesWereDealtWith() throws {
    var limits = HTTP2Limits()
    limits.streamWindow = 1000
    limits.connectionWindow = 65_535
    let driver = try SessionDriver(limits)
    try driver.feed(.request(1, "POST", ends: false), .data(1, String(repeating: "a", count: 1000)))
    #expect(driver.sent() == [])
    driver.session.consume(1000, on: 1)
    #expect(driver.sent() == ["WINDOW_UPDATE 1 1000"])
    try driver.feed(.data(1, String(repeating: "a", count: 1000)))
    #expect(driver.sent() == [])
    // One byte more than is paid for.
    try driver.feed(.data(1, "a"))
    #expect(driver.sent() == ["RST_STREAM 1 code=0x3"] || driver.isOver)
  }

  @Test func bytesForAStreamThatIsGoneArePaidForByNobody() throws {
    var limits = HTTP2Limits()
    limits.connectionWindow = 65_535
    let driver = try SessionDriver(limits)
    try driver.feed(.request(1, "POST", ends: false), .reset(1))
    let late = HTTP2Frame.data(1, String(repeating: "a", count: 16_384))
    try driver.feed(late, late, late)
    #expect(driver.sent().contains { $0.hasPrefix("WINDOW_UPDATE 0") })
  }

  // MARK: The end

  @Test func aPeerThatResets() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1, "POST", ends: false))
    #expect(try driver.feed(.reset(1, 8)) == ["control reset", "closed 1 8"])
    try driver.feed(.request(3))
    driver.respond(3, body: "abc", isComplete: false)
    #expect(driver.sent().count == 2)
    #expect(try driver.feed(.reset(3, 5)) == ["control reset", "closed 3 5"])
    driver.send("def", 3, isComplete: true)
    #expect(driver.sent() == [])
  }

  @Test func aPeerThatGoesAwayGetsWhatItAskedFor() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    #expect(try driver.feed(.goAway()) == ["control other"])
    #expect(!driver.isOver)
    driver.respond(1)
    #expect(driver.sent() == ["HEADERS 1 :status=200 END"])
    #expect(driver.isOver)
  }

  @Test func aShutdownIsAnnouncedAndThenDone() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    driver.session.announceShutdown()
    #expect(driver.sent() == ["GOAWAY last=\(Int32.max) code=0x0"])
    driver.session.ping()
    #expect(driver.sent() == ["PING"])
    #expect(try driver.feed(.ping(isAck: true)) == ["ping acknowledged"])
    // Those on their way are still taken.
    #expect(try driver.feed(.request(3)).count == 2)
    driver.session.shutdown()
    #expect(driver.sent() == ["GOAWAY last=3 code=0x0"])
    #expect(try driver.feed(.request(5)) == [])
    #expect(!driver.isOver)
    driver.respond(1)
    driver.respond(3)
    #expect(driver.sent() == ["HEADERS 1 :status=200 END", "HEADERS 3 :status=200 END"])
    #expect(driver.isOver)
  }

  @Test func aConnectionThatIsEndedTellsWhy() throws {
    let driver = try SessionDriver()
    try driver.feed(.request(1))
    driver.session.terminate(.enhanceYourCalm)
    #expect(driver.sent() == ["GOAWAY last=1 code=0xb"])
    #expect(driver.isOver)
    #expect(try driver.feed(.request(3)) == [])
  }
}
