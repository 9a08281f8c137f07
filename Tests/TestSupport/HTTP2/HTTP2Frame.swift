/// A frame of HTTP/2, as a test writes and reads it (RFC 9113, section 4.1). Nothing is checked: tests
/// send what no client would.
package struct HTTP2Frame: Sendable, Equatable {
  /// With what a client begins a connection.
  package static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  package static let data: UInt8 = 0
  package static let headers: UInt8 = 1
  package static let priority: UInt8 = 2
  package static let reset: UInt8 = 3
  package static let settings: UInt8 = 4
  package static let ping: UInt8 = 6
  package static let goAway: UInt8 = 7
  package static let windowUpdate: UInt8 = 8
  package static let continuation: UInt8 = 9

  /// Of DATA and HEADERS.
  package static let endStream: UInt8 = 0x1
  /// Of SETTINGS and PING.
  package static let ack: UInt8 = 0x1
  package static let endHeaders: UInt8 = 0x4
  package static let padded: UInt8 = 0x8

  package var kind: UInt8
  package var flags: UInt8
  package var stream: Int
  package var payload: [UInt8]

  package init(_ kind: UInt8, flags: UInt8 = 0, stream: Int = 0, _ payload: [UInt8] = []) {
    self.kind = kind
    self.flags = flags
    self.stream = stream
    self.payload = payload
  }

  /// The frame as it stands on the wire.
  package var bytes: [UInt8] {
    Self.bigEndian(payload.count, 3) + [kind, flags] + Self.bigEndian(stream, 4) + payload
  }

  /// Whether nothing comes after it on its stream.
  package var endsStream: Bool {
    (kind == Self.data || kind == Self.headers) && flags & Self.endStream != 0
  }

  /// Whether it acknowledges another one.
  package var isAck: Bool {
    (kind == Self.settings || kind == Self.ping) && flags & Self.ack != 0
  }

  /// The four bytes of the payload from `offset` on, as a number; 0 where there are none.
  package func number(at offset: Int) -> Int {
    guard payload.count >= offset + 4 else { return 0 }
    return payload[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number in `count` bytes.
  package static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
