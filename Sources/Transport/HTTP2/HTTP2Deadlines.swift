internal import Model

/// The moments at which a connection of HTTP/2 is given up unless something has happened before. Those
/// of its streams are theirs.
struct HTTP2Deadlines {
  /// Without a request. Means nothing while there is one.
  var idle: MonotonicTime
  /// With a head that is not complete.
  var head: MonotonicTime?
  /// With output that the peer does not take.
  var write: MonotonicTime?
  /// Without a sign that the peer has read the announcement of the end.
  var announcement: MonotonicTime?
  /// After the end, without the peer closing its side.
  var linger: MonotonicTime?
  /// When deadlines are looked at next, at the latest.
  var nextLook = MonotonicTime.distantFuture

  init(idle: MonotonicTime) {
    self.idle = idle
  }

  /// Whether a deadline is set and has passed.
  func isOver(_ deadline: KeyPath<HTTP2Deadlines, MonotonicTime?>, _ now: MonotonicTime) -> Bool {
    self[keyPath: deadline].map { $0 <= now } ?? false
  }

  /// The next of those that count while the connection serves requests, or has none.
  func next(isIdle: Bool) -> MonotonicTime {
    Self.first(of: [isIdle ? idle : nil, head, write, announcement])
  }

  /// The next of those that count once the connection has been ended.
  var nextOfEnd: MonotonicTime {
    Self.first(of: [write, linger])
  }

  private static func first(of deadlines: [MonotonicTime?]) -> MonotonicTime {
    deadlines.compactMap { $0 }.min() ?? .distantFuture
  }
}
