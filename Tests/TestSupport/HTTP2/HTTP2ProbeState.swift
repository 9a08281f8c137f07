/// What a probe has received.
package struct HTTP2ProbeState: Sendable, CustomStringConvertible {
  /// The streams on which anything came, except for frames that only concern flow control.
  package var replies: [Int: HTTP2Reply] = [:]
  /// The frames that concern the whole connection, in their order.
  package var control: [HTTP2Frame] = []
  /// Whether the server has ended the connection.
  package var isClosed = false

  /// The codes of the GOAWAY frames.
  package var goAwayCodes: [Int] {
    goAways.map { $0.number(at: 4) }
  }

  /// The GOAWAY frames.
  package var goAways: [HTTP2Frame] {
    control.filter { $0.kind == HTTP2Frame.goAway }
  }

  /// What there is, without the bodies.
  package var description: String {
    let streams = replies.sorted { $0.key < $1.key }.suffix(8).map { stream, reply in
      "\(stream): \(reply.status ?? 0), \(reply.body.count) bytes, reset \(reply.resetCode ?? -1)"
    }
    return "\(control.suffix(8)), last of \(replies.count) streams: \(streams), closed: \(isClosed)"
  }

  mutating func add(_ frame: HTTP2Frame) {
    if frame.stream == 0 { control.append(frame) } else { replies[frame.stream, default: HTTP2Reply()].add(frame) }
  }
}
