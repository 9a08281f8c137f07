import TestSupport

@testable import Transport

/// A session without a connection: frames in, what happened as text; frames out, as text.
final class SessionDriver {
  var session: HTTP2Session
  private var reader = HTTP2FrameReader()

  /// - Parameter settings: what the client begins with; `nil` for a client that has sent nothing yet.
  init(
    _ limits: HTTP2Limits = HTTP2Limits(), headerLimit: Int = 1024,
    settings: [(id: Int, value: Int)]? = HTTP2Probe.settings
  ) throws {
    session = HTTP2Session(limits: limits, headerLimit: headerLimit)
    guard let settings else { return }
    try feed(bytes: HTTP2Frame.preface + HTTP2Frame.settings(settings).bytes + HTTP2Frame.settingsAck.bytes)
    _ = sent()
  }

  /// Feeds frames, all at once.
  @discardableResult
  func feed(_ frames: HTTP2Frame...) throws -> [String] {
    try feed(bytes: frames.flatMap(\.bytes))
  }

  /// Feeds bytes.
  ///
  /// - Returns: what happened, a line each.
  @discardableResult
  func feed(bytes: some Collection<UInt8>) throws -> [String] {
    let bytes = Array(bytes)
    return try bytes.withUnsafeBytes { input in try session.feed(input).map { Self.text($0, bytes) } }
  }

  /// What happened since bytes were fed.
  func happened() -> [String] {
    session.takeEvents().map { Self.text($0, []) }
  }

  /// The frames that the session sends now.
  func sentFrames() -> [HTTP2Frame] {
    var bytes: [UInt8] = []
    session.drain { piece in
      bytes += piece
      return true
    }
    return reader.frames(bytes)
  }

  /// The frames that the session sends now, a line each.
  func sent() -> [String] {
    sentFrames().map(\.description)
  }

  /// Whether the connection has come to its end.
  var isOver: Bool { session.isOver }

  /// How much of an answer waits.
  func waiting(on stream: Int32) -> Int {
    session.waiting(on: stream)
  }

  /// Answers a request.
  func respond(
    _ stream: Int32, _ fields: [(String, String)] = [(":status", "200")], body: String = "",
    isComplete: Bool = true, trailers: [(String, String)]? = nil
  ) {
    session.respond(
      on: stream, fields: HTTP2Fields(fields), body: Array(body.utf8), isComplete: isComplete,
      trailers: trailers.map { HTTP2Fields($0) })
  }

  /// Goes on with an answer.
  func send(_ text: String, _ stream: Int32, isComplete: Bool, trailers: [(String, String)]? = nil) {
    session.send(
      Array(text.utf8), on: stream, isComplete: isComplete, trailers: trailers.map { HTTP2Fields($0) })
  }

  /// Joins pieces of data that follow one another on a stream: how they were cut is nobody's business.
  static func joined(_ events: [String]) -> [String] {
    var joined: [String] = []
    for event in events {
      let parts = event.split(separator: " ", maxSplits: 2)
      if parts.count == 3, parts[0] == "data", let last = joined.last, last.hasPrefix("data \(parts[1]) ") {
        joined[joined.count - 1] += parts[2]
      } else {
        joined.append(event)
      }
    }
    return joined
  }

  private static func text(_ event: HTTP2Event, _ input: [UInt8]) -> String {
    switch event {
    case .requestBegan(let stream, let fields):
      let text = fields?.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ") ?? "too large"
      return "began \(stream) \(text)"
    case .data(let stream, let range): return "data \(stream) \(String(decoding: input[range], as: UTF8.self))"
    case .requestEnded(let stream): return "ended \(stream)"
    case .streamClosed(let stream, let code): return "closed \(stream) \(code.rawValue)"
    case .pingAcknowledged: return "ping acknowledged"
    case .controlFrame(let frame): return "control \(frame)"
    }
  }
}
