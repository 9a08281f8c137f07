/// How the upstream is reached.
package struct CurlUpstreamConfiguration: Sendable {
  /// The full URL that is POSTed to.
  package var url: String
  /// Goes out as `User-Agent`.
  package var userAgent: String
  /// How long establishing a connection may take.
  package var connectTimeout: Duration
  /// How many requests may be on their way at a time; as many connections are kept open.
  package var maximumRequests: Int
  /// Whether `http_proxy` and its kin are heeded.
  package var usesEnvironmentProxy: Bool
  /// The bytes of a response's body that are read; the connection is given up beyond them.
  package var responseLimit: Int

  package init(
    url: String, userAgent: String, connectTimeout: Duration = .seconds(5), maximumRequests: Int = 256,
    usesEnvironmentProxy: Bool = false, responseLimit: Int = 64 << 10
  ) {
    self.url = url
    self.userAgent = userAgent
    self.connectTimeout = connectTimeout
    self.maximumRequests = maximumRequests
    self.usesEnvironmentProxy = usesEnvironmentProxy
    self.responseLimit = responseLimit
  }
}
