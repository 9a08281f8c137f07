/// Cuts bytes into frames.
package struct HTTP2FrameReader: Sendable {
  private var rest: [UInt8] = []

  package init() {}

  /// The frames that are complete with these bytes.
  package mutating func frames(_ bytes: [UInt8]) -> [HTTP2Frame] {
    rest += bytes
    var frames: [HTTP2Frame] = []
    var position = 0
    while let frame = frame(at: position) {
      frames.append(frame)
      position += 9 + frame.payload.count
    }
    rest.removeFirst(position)
    return frames
  }

  private func frame(at start: Int) -> HTTP2Frame? {
    guard rest.count >= start + 9 else { return nil }
    let length = rest[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
    guard rest.count >= start + 9 + length else { return nil }
    let stream = rest[start + 5..<start + 9].reduce(0) { $0 << 8 | Int($1) }
    return HTTP2Frame(
      rest[start + 3], flags: rest[start + 4], stream: stream, Array(rest[start + 9..<start + 9 + length]))
  }
}
