import TestSupport
import Testing

@testable import Transport

struct HTTP1ResponseReaderTests {
  /// What has been read of an answer, when it is complete.
  private struct Answer: Equatable, CustomTestStringConvertible {
    var status: Int
    var body = ""
    var retryAfter = ""
    var leavesConnection = true

    var testDescription: String { "\(status) \(body) \(retryAfter) \(leavesConnection)" }
  }

  /// - Parameter pieces: how long the pieces are in which the text arrives.
  /// - Returns: `nil` where the answer is not complete.
  private func read(
    _ text: String, closed: Bool = false, bodyLimit: Int = 1000, pieces: () -> Int
  ) throws(MalformedResponse) -> Answer? {
    var reader = HTTP1ResponseReader(bodyLimit: bodyLimit)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(pieces()))
      try reader.read(piece.span)
      rest = rest.dropFirst(piece.count)
    }
    if closed { reader.connectionClosed() }
    guard reader.isComplete else { return nil }
    return Answer(
      status: reader.status, body: String(decoding: reader.body, as: UTF8.self), retryAfter: reader.retryAfter,
      leavesConnection: reader.leavesConnection)
  }

  /// The answer must be the same in whatever pieces it arrives.
  private func expect(_ text: String, closed: Bool = false, bodyLimit: Int = 1000, is expected: Answer?) throws {
    var random = SplitMix64(seed: 7)
    #expect(try read(text, closed: closed, bodyLimit: bodyLimit) { text.utf8.count } == expected)
    #expect(try read(text, closed: closed, bodyLimit: bodyLimit) { 1 } == expected)
    for _ in 0..<20 {
      let answer = try read(text, closed: closed, bodyLimit: bodyLimit) { Int.random(in: 1...9, using: &random) }
      #expect(answer == expected)
    }
  }

  @Test(
    arguments: [
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Answer(status: 200)),
      ("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", Answer(status: 200, body: "hi")),
      ("HTTP/1.1 429\r\ncontent-length:5 \r\n\r\nhello", Answer(status: 429, body: "hello")),
      ("HTTP/1.1 503 \r\nRETRY-AFTER: \t7\r\nContent-Length: 0\r\n\r\n", Answer(status: 503, retryAfter: "7")),
      ("HTTP/1.1 204 No Content\r\n\r\n", Answer(status: 204)),
      ("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", Answer(status: 304)),
      ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", Answer(status: 200, body: "hi", leavesConnection: false)),
      (
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n",
        Answer(status: 200, leavesConnection: false)
      ),
      ("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", Answer(status: 200)),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
        Answer(status: 200, body: "abc0123456789")
      ),
      (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n",
        Answer(status: 200, body: "a", leavesConnection: false)
      ),
      (
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\nHTTP/1.1 400 No\r\nContent-Length: 1\r\n\r\nx",
        Answer(status: 400, body: "x")
      ),
      (
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        Answer(status: 200, body: "x")
      ),
      ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP", Answer(status: 200, body: "x", leavesConnection: false)),
    ])
  private func anAnswerIsReadToItsEnd(text: String, expected: Answer) throws {
    try expect(text, is: expected)
  }

  @Test(
    arguments: [
      "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "",
    ])
  func anAnswerThatIsCutShortIsNotComplete(text: String) throws {
    try expect(text, is: nil)
    try expect(text, closed: true, is: nil)
  }

  @Test func withoutALengthTheBodyEndsWithTheConnection() throws {
    let text = "HTTP/1.1 502 Bad Gateway\r\n\r\nsome text"
    try expect(text, is: nil)
    try expect(text, closed: true, is: Answer(status: 502, body: "some text", leavesConnection: false))
  }

  @Test(
    arguments: [
      "HTTP/1.1 400 No\r\nContent-Length: 9\r\n\r\n123456789",
      "HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n7\r\n3456789\r\n0\r\n\r\n",
      "HTTP/1.1 400 No\r\n\r\n123456789",
    ])
  func ofALongBodyOnlyTheBeginningIsRead(text: String) throws {
    try expect(text, bodyLimit: 4, is: Answer(status: 400, body: "1234", leavesConnection: false))
  }

  @Test(
    arguments: [
      "220 mail ready\r\n", "HTTP/2 200\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2x0 OK\r\n", "HTTP/1.1 099 OK\r\n",
      "HTTP/1.1 2000 OK\r\n", "\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno field\r\n", "HTTP/1.1 200 OK\r\n: x\r\n", "HTTP/1.1 200 OK\r\nA : x\r\n",
      "HTTP/1.1 200 OK\r\nA: x\r\n folded\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n", "HTTP/1.1 200 OK\r\nContent-Length:\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    ])
  func whatIsNoAnswerIsRefused(text: String) {
    #expect(throws: MalformedResponse.self) { try read(text) { text.utf8.count } }
    #expect(throws: MalformedResponse.self) { try read(text) { 1 } }
  }

  @Test func aHeadIsNotReadForEver() {
    let text = "HTTP/1.1 200 OK\r\nA: \(String(repeating: "x", count: 64 << 10))"
    #expect(throws: MalformedResponse("its head is too long")) { try read(text) { 100 } }
  }

  @Test func theNextAnswerKnowsNothingOfTheLast() throws {
    var reader = HTTP1ResponseReader(bodyLimit: 10)
    let first = Array("HTTP/1.1 503 No\r\nRetry-After: 7\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx".utf8)
    try reader.read(first.span)
    #expect(reader.isComplete && reader.hasBegun)
    reader.reset()
    #expect(!reader.isComplete && !reader.hasBegun)
    let second = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".utf8)
    try reader.read(second.span)
    #expect(reader.isComplete && reader.status == 200 && reader.body.isEmpty)
    #expect(reader.retryAfter.isEmpty && reader.leavesConnection)
  }
}
