extension HTTP2Frame {
  /// Settings by their numbers.
  package static func settings(_ settings: [(id: Int, value: Int)] = []) -> HTTP2Frame {
    HTTP2Frame(Self.settings, settings.flatMap { bigEndian($0.id, 2) + bigEndian($0.value, 4) })
  }

  package static let settingsAck = HTTP2Frame(Self.settings, flags: ack)

  /// The beginning of a request or its trailers, or a part of that.
  package static func headers(
    _ stream: Int, _ fields: [(String, String)], ends: Bool = true, isWhole: Bool = true
  ) -> HTTP2Frame {
    let flags = (ends ? endStream : 0) | (isWhole ? endHeaders : 0)
    return HTTP2Frame(Self.headers, flags: flags, stream: stream, HPACKLiterals.encode(fields))
  }

  /// A request's fields: `method` and `path` with what else belongs to them, and then `fields`.
  package static func request(
    _ stream: Int, _ method: String = "GET", _ path: String = "/x", fields: [(String, String)] = [],
    ends: Bool = true
  ) -> HTTP2Frame {
    let pseudo = [(":method", method), (":scheme", "http"), (":path", path), (":authority", "a")]
    return headers(stream, pseudo + fields, ends: ends)
  }

  package static func continuation(
    _ stream: Int, _ fields: [(String, String)] = [], isLast: Bool = false
  ) -> HTTP2Frame {
    HTTP2Frame(
      Self.continuation, flags: isLast ? endHeaders : 0, stream: stream, HPACKLiterals.encode(fields))
  }

  package static func data(_ stream: Int, _ bytes: [UInt8] = [], ends: Bool = false) -> HTTP2Frame {
    HTTP2Frame(Self.data, flags: ends ? endStream : 0, stream: stream, bytes)
  }

  package static func data(_ stream: Int, _ text: String, ends: Bool = false) -> HTTP2Frame {
    data(stream, Array(text.utf8), ends: ends)
  }

  /// DATA with this many bytes of padding behind what it holds.
  package static func padded(_ stream: Int, _ text: String = "", padding: UInt8, ends: Bool = false) -> HTTP2Frame {
    let payload = [padding] + Array(text.utf8) + [UInt8](repeating: 0, count: Int(padding))
    return HTTP2Frame(Self.data, flags: Self.padded | (ends ? endStream : 0), stream: stream, payload)
  }

  package static func reset(_ stream: Int, _ code: Int = 8) -> HTTP2Frame {
    HTTP2Frame(Self.reset, stream: stream, bigEndian(code, 4))
  }

  package static func ping(_ number: Int = 0, isAck: Bool = false) -> HTTP2Frame {
    HTTP2Frame(Self.ping, flags: isAck ? ack : 0, bigEndian(number, 8))
  }

  package static func goAway(last: Int = 0, _ code: Int = 0) -> HTTP2Frame {
    HTTP2Frame(Self.goAway, bigEndian(last, 4) + bigEndian(code, 4))
  }

  package static func windowUpdate(_ stream: Int, _ increment: Int) -> HTTP2Frame {
    HTTP2Frame(Self.windowUpdate, stream: stream, bigEndian(increment, 4))
  }

  package static func priority(_ stream: Int, dependsOn: Int = 0, weight: UInt8 = 15) -> HTTP2Frame {
    HTTP2Frame(Self.priority, stream: stream, bigEndian(dependsOn, 4) + [weight])
  }
}
