/// How an ``HTTPClient`` reaches servers.
package struct HTTPClientConfiguration: Sendable {
  /// Goes out as `User-Agent`.
  package var userAgent: String
  /// Whom to trust and what to show where a URL is https.
  package var tls: HTTPClientTLS
  /// The URL of a proxy: `http://`, `https://` or `socks5://`.
  package var proxy: String?
  /// Whether `https_proxy`, `no_proxy` and their kin are heeded where no proxy is given.
  package var usesEnvironmentProxy: Bool
  /// How long establishing a connection may take.
  package var connectTimeout: Duration
  /// How long a connection lives whose other side acknowledges nothing.
  package var acknowledgementTimeout: Duration
  /// How many requests may be on their way at a time, streams included; others wait. As many connections are kept.
  package var maximumRequests: Int
  /// The bytes of a body that wait to be read before the sender is held back.
  package var bufferLimit: Int

  package init(
    userAgent: String, tls: HTTPClientTLS = HTTPClientTLS(), proxy: String? = nil, usesEnvironmentProxy: Bool = false,
    connectTimeout: Duration = .seconds(10), acknowledgementTimeout: Duration = .seconds(30),
    maximumRequests: Int = 256, bufferLimit: Int = 1 << 20
  ) {
    self.userAgent = userAgent
    self.tls = tls
    self.proxy = proxy
    self.usesEnvironmentProxy = usesEnvironmentProxy
    self.connectTimeout = connectTimeout
    self.acknowledgementTimeout = acknowledgementTimeout
    self.maximumRequests = maximumRequests
    self.bufferLimit = bufferLimit
  }
}
