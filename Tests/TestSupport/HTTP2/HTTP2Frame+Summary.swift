import Model

extension HTTP2Frame: CustomStringConvertible {
  /// The frame in a line, for transcripts: `HEADERS 1 :status=200 END`, `GOAWAY last=3 code=0xb`.
  package var description: String {
    switch kind {
    case Self.data: "DATA \(stream) \(Self.text(payload))\(end)"
    case Self.headers: "HEADERS \(stream) \(fieldsText)\(end)"
    case Self.reset: "RST_STREAM \(stream) \(Self.code(number(at: 0)))"
    case Self.settings: isAck ? "SETTINGS ACK" : "SETTINGS \(settingsText)"
    case Self.ping: isAck ? "PING ACK" : "PING"
    case Self.goAway: "GOAWAY last=\(number(at: 0)) \(Self.code(number(at: 4)))"
    case Self.windowUpdate: "WINDOW_UPDATE \(stream) \(number(at: 0))"
    default: "frame of type \(kind) on \(stream), \(payload.count) bytes"
    }
  }

  private var end: String { endsStream ? " END" : "" }

  private var fieldsText: String {
    guard let fields = try? HPACKReader.fields(of: payload) else { return "unreadable" }
    return fields.fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  private var settingsText: String {
    stride(from: 0, to: payload.count - 5, by: 6).map { offset in
      "\(Int(payload[offset]) << 8 | Int(payload[offset + 1]))=\(number(at: offset + 2))"
    }.joined(separator: " ")
  }

  private static func code(_ code: Int) -> String {
    "code=0x" + String(code, radix: 16)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.count > 40 ? "\(bytes.count) bytes" : "'\(String(decoding: bytes, as: UTF8.self))'"
  }
}
