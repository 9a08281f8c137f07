/// What a peer may do on a connection of HTTP/2.
package struct HTTP2Limits: Sendable {
  /// How many requests may be open at a time.
  package var maximumConcurrentStreams = 128
  /// How much of a request's body may be sent without being asked for more, in bytes. Large enough that
  /// a usual load is never held up.
  package var streamWindow = 4 << 20
  /// The same for all requests of the connection together, in bytes.
  package var connectionWindow = 32 << 20
  /// How many CONTINUATION frames may follow a HEADERS frame.
  package var maximumContinuations = 8
  /// How many settings a SETTINGS frame may have.
  package var maximumSettings = 32
  /// How many frames without a request in them may be sent at once; see ``HTTP2FloodGuard``.
  package var controlFrameBurst = 1000
  /// How many more of them may be sent a second.
  package var controlFramesPerSecond = 100
  /// How many bytes of the answers of a call that goes on for ever may wait for the peer to read them.
  package var maximumWaitingBytes = 256 << 10
  /// How long a peer may take to show that it has read that the server is going; requests that it sent
  /// before that are taken.
  package var announcementTimeout = Duration.seconds(1)
  /// How long bytes are still read and thrown away on a connection that has been ended, so that the peer
  /// gets to read what was sent before.
  package var lingerTimeout = Duration.seconds(1)

  package init() {}
}
