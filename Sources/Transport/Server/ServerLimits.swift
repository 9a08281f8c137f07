/// What a peer may do before its connection is closed.
package struct ServerLimits: Sendable {
  /// How many connections there may be; further ones are closed at once.
  package var maximumConnections = 10_000
  /// The greatest size of all header fields of a request together, in bytes.
  package var maximumHeaderBytes = 64 << 10
  /// The greatest number of header fields of a request.
  package var maximumHeaderFields = 128
  /// How long a connection may be without a request. Longer than the five minutes for which
  /// Prometheus keeps an idle connection: the side that sends should be the one that closes.
  package var idleTimeout = Duration.seconds(360)
  /// How long a request's head may take, from its first byte.
  package var headTimeout = Duration.seconds(10)
  /// How long a request's body may take.
  package var bodyTimeout = Duration.seconds(60)
  /// How long an answer may take to leave.
  package var writeTimeout = Duration.seconds(60)
  /// How many bytes of a refused request's body are read and thrown away so that the peer gets to
  /// read its answer; the connection is closed beyond them.
  package var discardLimit = 16 << 20
  /// What a peer may do on a connection of HTTP/2.
  package var http2 = HTTP2Limits()

  package init() {}
}
