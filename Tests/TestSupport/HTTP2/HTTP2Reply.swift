package import Model

/// What came back on a stream.
package struct HTTP2Reply: Sendable {
  /// The fields of each HEADERS frame: informational ones, the answer's, its trailers.
  package var heads: [HeaderFields] = []
  /// What the DATA frames held.
  package var body: [UInt8] = []
  /// The code with which the server has reset the stream, where it has.
  package var resetCode: Int?
  /// Whether the server has ended the stream in good order.
  package var isComplete = false

  package init() {}

  /// The status of the last head that has one.
  package var status: Int? {
    heads.compactMap { $0[":status"] }.last.flatMap { Int($0) }
  }

  /// The body as text.
  package var text: String {
    String(decoding: body, as: UTF8.self)
  }

  /// Adds what a frame on the stream brings.
  mutating func add(_ frame: HTTP2Frame) {
    switch frame.kind {
    case HTTP2Frame.headers: heads.append((try? HPACKReader.fields(of: frame.payload)) ?? [:])
    case HTTP2Frame.data: body += frame.payload
    case HTTP2Frame.reset: resetCode = frame.number(at: 0)
    default: break
    }
    if frame.endsStream { isComplete = true }
  }
}
