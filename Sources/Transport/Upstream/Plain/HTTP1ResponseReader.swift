/// Reads one answer of HTTP/1.1, in the pieces in which it arrives.
///
/// Source: RFC 9112. Stricter than it has to be where being lenient would mean to guess where an answer ends.
struct HTTP1ResponseReader {
  private enum State {
    case statusLine
    case fields
    case body(remaining: Int)
    case bodyUntilClose
    case chunkSize
    case chunk(remaining: Int)
    case chunkEnd
    case trailer
    case complete
  }

  /// The most bytes of lines: a head, or one chunk's size, or the trailer.
  private static let lineLimit = 64 << 10

  /// The status; 0 before it has come.
  private(set) var status = 0

  /// The beginning of the body.
  private(set) var body: [UInt8] = []

  /// The value of `Retry-After`; empty where there was none.
  private(set) var retryAfter = ""

  /// Whether anything has come.
  private(set) var hasBegun = false

  /// Whether the connection may be used again once the answer is complete.
  private(set) var leavesConnection = true

  private let bodyLimit: Int
  private var state = State.statusLine
  private var line: [UInt8] = []
  private var lineBytes = 0
  private var contentLength: Int?
  private var isChunked = false

  /// - Parameter bodyLimit: how many bytes of a body are kept; a longer one is not read to its end.
  init(bodyLimit: Int) {
    self.bodyLimit = bodyLimit
  }

  /// Whether all of the answer has been read that is wanted.
  var isComplete: Bool {
    if case .complete = state { true } else { false }
  }

  /// Forgets the answer, for the next one on the same connection.
  mutating func reset() {
    status = 0
    body.removeAll()
    retryAfter = ""
    hasBegun = false
    leavesConnection = true
    beginHead()
  }

  /// Takes what has arrived.
  mutating func read(_ bytes: Span<UInt8>) throws(MalformedResponse) {
    hasBegun = hasBegun || !bytes.isEmpty
    var position = 0
    while position < bytes.count, !isComplete {
      let rest = bytes.extracting(position..<bytes.count)
      switch state {
      case .body(let remaining):
        position += take(rest, upTo: remaining) { $0 > 0 ? .body(remaining: $0) : .complete }
      case .chunk(let remaining):
        position += take(rest, upTo: remaining) { $0 > 0 ? .chunk(remaining: $0) : .chunkEnd }
      case .bodyUntilClose:
        position += take(rest, upTo: rest.count) { _ in .bodyUntilClose }
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailer, .complete:
        position += try takeLine(rest)
      }
    }
    // Nothing was asked for that this could be the answer to.
    if position < bytes.count { leavesConnection = false }
  }

  /// Takes the end of the connection. The answer is complete then, or it never will be.
  mutating func connectionClosed() {
    leavesConnection = false
    if case .bodyUntilClose = state { state = .complete }
  }

  // MARK: The body

  private mutating func take(_ bytes: Span<UInt8>, upTo remaining: Int, _ next: (Int) -> State) -> Int {
    let count = min(bytes.count, remaining)
    let kept = min(count, bodyLimit - body.count)
    bytes.extracting(0..<kept).withUnsafeBufferPointer { body.append(contentsOf: $0) }
    if kept < count {
      leavesConnection = false
      state = .complete
    } else {
      state = next(remaining - count)
    }
    return count
  }

  // MARK: Lines

  private mutating func takeLine(_ bytes: Span<UInt8>) throws(MalformedResponse) -> Int {
    var end = 0
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    lineBytes += end
    guard lineBytes <= Self.lineLimit else { throw MalformedResponse("its head is too long") }
    bytes.extracting(0..<end).withUnsafeBufferPointer { line.append(contentsOf: $0) }
    guard end < bytes.count else { return end }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    try lineEnded()
    line.removeAll(keepingCapacity: true)
    return end + 1
  }

  private mutating func lineEnded() throws(MalformedResponse) {
    switch state {
    case .statusLine:
      try readStatusLine()
    case .fields:
      if line.isEmpty { try headEnded() } else { try readField() }
    case .chunkSize:
      let size = try chunkSize()
      state = size > 0 ? .chunk(remaining: size) : .trailer
      lineBytes = 0
    case .chunkEnd:
      guard line.isEmpty else { throw MalformedResponse("a chunk is longer than its size") }
      state = .chunkSize
    case .trailer:
      if line.isEmpty { state = .complete }
    case .body, .bodyUntilClose, .chunk, .complete:
      break
    }
  }

  private mutating func beginHead() {
    state = .statusLine
    line.removeAll(keepingCapacity: true)
    lineBytes = 0
    contentLength = nil
    isChunked = false
  }

  /// `HTTP/1.1 200 OK`; servers leave the reason out, and some the space before it.
  private mutating func readStatusLine() throws(MalformedResponse) {
    guard line.starts(with: "HTTP/1.".utf8), line.count >= 12, line[8] == UInt8(ascii: " "),
      line.count == 12 || line[12] == UInt8(ascii: " "), let code = Self.number(line[9..<12]), code >= 100
    else { throw MalformedResponse("it does not begin as HTTP/1.1 does") }
    // A server of HTTP/1.0 closes unless it says otherwise, which is not worth listening to.
    if line[7] == UInt8(ascii: "0") { leavesConnection = false }
    status = code
    state = .fields
  }

  private mutating func readField() throws(MalformedResponse) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      !line[..<colon].contains(where: { $0 <= 0x20 })
    else { throw MalformedResponse("a line of its head is no field") }
    switch colon {
    case 10 where isNamed("connection"):
      let options = value(after: colon).split(separator: UInt8(ascii: ","))
      if options.contains(where: { Self.isSame(Self.trimmed($0), "close") }) { leavesConnection = false }
    case 11 where isNamed("retry-after"):
      retryAfter = Self.text(value(after: colon))
    case 14 where isNamed("content-length"):
      guard let length = Self.number(value(after: colon)), contentLength == nil || contentLength == length else {
        throw MalformedResponse("its Content-Length is no number")
      }
      contentLength = length
    case 17 where isNamed("transfer-encoding"):
      guard !isChunked, Self.isSame(value(after: colon), "chunked") else {
        throw MalformedResponse("its Transfer-Encoding is not known")
      }
      isChunked = true
    default:
      break
    }
  }

  private mutating func headEnded() throws(MalformedResponse) {
    guard status != 101 else { throw MalformedResponse("it changes the protocol") }
    if status < 200 {
      // One that only announces another.
      beginHead()
    } else if status == 204 || status == 304 {
      state = .complete
    } else if isChunked {
      // Both lengths at once are how requests are smuggled; nothing follows on this connection.
      if contentLength != nil { leavesConnection = false }
      state = .chunkSize
      lineBytes = 0
    } else if let contentLength {
      state = contentLength > 0 ? .body(remaining: contentLength) : .complete
    } else {
      leavesConnection = false
      state = .bodyUntilClose
    }
  }

  /// Hexadecimal, up to what extends it.
  private func chunkSize() throws(MalformedResponse) -> Int {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard !digits.isEmpty, digits.count < 16, digits.allSatisfy(Self.isHexadecimal),
      let size = Int(Self.text(digits), radix: 16)
    else { throw MalformedResponse("a chunk has no size") }
    return size
  }

  // MARK: Text

  private func isNamed(_ name: StaticString) -> Bool {
    Self.isSame(line[..<name.utf8CodeUnitCount], name)
  }

  /// - Parameter text: in lower case.
  private static func isSame(_ bytes: ArraySlice<UInt8>, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { text in text.count == bytes.count && zip(text, bytes).allSatisfy { $0 == $1 | 0x20 } }
  }

  private func value(after colon: Int) -> ArraySlice<UInt8> {
    Self.trimmed(line[(colon + 1)...])
  }

  /// Without the spaces and tabs around it.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while bytes.first == 0x20 || bytes.first == 0x09 { bytes.removeFirst() }
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    return bytes
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard 1...18 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x66 ~= byte | 0x20
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
