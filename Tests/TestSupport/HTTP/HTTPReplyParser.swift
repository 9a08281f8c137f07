import Foundation
import Model

/// Reads HTTP/1.1 answers from bytes. Strict, and shares no code with the server that is tested.
struct HTTPReplyParser {
  private var rest: ArraySlice<UInt8>
  /// Whether no more bytes will come: the end of a body whose length nothing else tells.
  private let isComplete: Bool

  init(_ bytes: [UInt8], isComplete: Bool) {
    rest = bytes[...]
    self.isComplete = isComplete
  }

  /// Where the first unread byte is.
  var position: Int { rest.startIndex }

  /// The next answer, or `nil` where more bytes are needed. Interim answers (1xx) are answers, too.
  ///
  /// - Parameter method: The request's method: an answer to HEAD has no body.
  mutating func next(to method: String) throws(MalformedReply) -> HTTPReply? {
    guard let statusLine = nextLine() else { return nil }
    let parts = statusLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0] == "HTTP/1.1", parts[1].utf8.count == 3, let status = Int(parts[1]) else {
      throw MalformedReply(description: "status line: \(statusLine)")
    }
    var fields: HeaderFields = [:]
    while true {
      guard let line = nextLine() else { return nil }
      if line.isEmpty { break }
      guard let colon = line.firstIndex(of: ":") else { throw MalformedReply(description: "field: \(line)") }
      fields.add(String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
    guard let body = try nextBody(status: status, fields: fields, method: method) else { return nil }
    return HTTPReply(status: status, fields: fields, body: body)
  }

  private mutating func nextBody(
    status: Int, fields: HeaderFields, method: String
  ) throws(MalformedReply) -> [UInt8]? {
    if method == "HEAD" || status < 200 || status == 204 || status == 304 { return [] }
    if fields["Transfer-Encoding"]?.lowercased() == "chunked" { return try nextChunks() }
    if let length = fields["Content-Length"] {
      guard let count = Int(length) else { throw MalformedReply(description: "Content-Length: \(length)") }
      return next(count)
    }
    return isComplete ? next(rest.count) : nil
  }

  private mutating func nextChunks() throws(MalformedReply) -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      guard let line = nextLine() else { return nil }
      guard let count = Int(line.prefix { $0 != ";" }, radix: 16) else {
        throw MalformedReply(description: "length of a chunk: \(line)")
      }
      if count == 0 { break }
      guard let chunk = next(count) else { return nil }
      body += chunk
      guard let end = nextLine() else { return nil }
      if !end.isEmpty { throw MalformedReply(description: "after a chunk: \(end)") }
    }
    while let trailer = nextLine() {
      if trailer.isEmpty { return body }
    }
    return nil
  }

  /// The next line without its CR LF, or `nil` where it has not arrived as a whole.
  private mutating func nextLine() -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex,
      rest[end - 1] == UInt8(ascii: "\r")
    else { return nil }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[..<(end - 1)], as: UTF8.self)
  }

  private mutating func next(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}
