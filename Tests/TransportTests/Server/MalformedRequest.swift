import Testing

/// A request that different programs could read in different ways, and what it is refused with.
struct MalformedRequest: Sendable, CustomTestStringConvertible {
  /// What follows each of them on the connection, and must never be taken for a request.
  static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

  var testDescription: String
  var text: String
  var status = 400

  /// A POST with these lines and this body.
  private static func post(_ lines: String, _ body: String = "hello", status: Int = 400) -> MalformedRequest {
    MalformedRequest(
      testDescription: "\(lines.debugDescription) \(body.debugDescription)",
      text: "POST /x HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n\(body)", status: status)
  }

  /// A POST whose body is this in chunks.
  private static func chunks(_ body: String) -> MalformedRequest {
    post("Transfer-Encoding: chunked", body)
  }

  /// More than one length, or none that is a number.
  static let lengths: [MalformedRequest] =
    [
      post("Content-Length: 5\r\nContent-Length: 5"), post("Content-Length: 5\r\nContent-Length: 6"),
      post("Content-Length: 5\r\ncontent-length: 0"),
    ]
    + [
      "-5", "+5", "5,5", "5, 5", "5 5", "0x5", "5a", "five", "", "5.0", "99999999999999999999", "18446744073709551621",
    ].map { post("Content-Length: \($0)") }

  /// A length and chunks, and codings that are not only chunks.
  static let codings: [MalformedRequest] =
    [
      post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
      post("Content-Length: 5\r\nTransfer-Encoding: identity"),
      post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n", status: 501),
      post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "0\r\n\r\n", status: 501),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
      post("Transfer-Encoding: identity, chunked", "0\r\n\r\n", status: 501),
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n"),
      MalformedRequest(
        testDescription: "chunks in HTTP/1.0",
        text: "POST /x HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]
    + [
      "chunked, identity", "\u{b}chunked",
    ].map { post("Transfer-Encoding: \($0)", "0\r\n\r\n") }
    + [
      "gzip", "xchunked", "\"chunked\"", "chunked;q=1", "chunk", "",
    ].map { post("Transfer-Encoding: \($0)", "0\r\n\r\n", status: 501) }

  /// Chunks whose size or end is wrong.
  static let sizes: [MalformedRequest] =
    ["-1", "+5", "0x5", "G", "", " 5", "5 5", "5\n", "FFFFFFFFFFFFFFFFF", "10000000000000005"].map {
      chunks("\($0)\r\nhello\r\n0\r\n\r\n")
    } + [
      chunks("5\r\nhelloXX0\r\n\r\n"), chunks("5\r\nhello\n0\r\n\r\n"), chunks("5\nhello\r\n0\r\n\r\n"),
      chunks("5\r\nhello\r\n0\r\nX : 1\r\n\r\n"), chunks("5;a\n0\r\nhello\r\n0\r\n\r\n"),
    ]

  /// Lines that end or begin in odd ways.
  static let lines: [MalformedRequest] =
    [
      "X: a\r\n b", "X: a\r\n\tb", "Transfer-Encoding:\r\n chunked", "X: a\nY: b", "X: a\rY: b", "X: a\0b",
      "Content-Length : 5", "Content-Length\t: 5", " Content-Length: 5", ": empty", "no colon", "X Y: a", "X\u{e9}: a",
    ].map { post($0, "") }
    + [
      MalformedRequest(testDescription: "bare LF", text: "POST /x HTTP/1.1\nHost: a\nContent-Length: 0\n\n"),
      MalformedRequest(
        testDescription: "bare LF at the end of the head",
        text: "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\n"),
    ]
    + [
      "GET /x", "GET /x y HTTP/1.1", "G@T /x HTTP/1.1", "GET /x HTTP/1.11", "GET /x HTTP/2.0",
      "GET /x HTTQ/1.1", "GET /x\tHTTP/1.1", " GET /x HTTP/1.1", "GET /x\0 HTTP/1.1", "\u{16}\u{3}\u{1}",
    ].map { MalformedRequest(testDescription: $0.debugDescription, text: "\($0)\r\nHost: a\r\n\r\n") }
}
