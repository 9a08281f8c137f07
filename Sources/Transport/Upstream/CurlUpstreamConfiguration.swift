package import Model

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
  /// Whom to trust and what to show where the URL is https.
  package var tls: UpstreamTLSFiles
  /// Goes out as `Authorization`.
  package var authorization: UpstreamAuthorization?
  /// Goes out with every request, beside what the proxy itself sends.
  package var fields: HeaderFields

  package init(
    url: String, userAgent: String, connectTimeout: Duration = .seconds(5), maximumRequests: Int = 256,
    usesEnvironmentProxy: Bool = false, responseLimit: Int = 64 << 10,
    tls: UpstreamTLSFiles = UpstreamTLSFiles(), authorization: UpstreamAuthorization? = nil, fields: HeaderFields = [:]
  ) {
    self.url = url
    self.userAgent = userAgent
    self.connectTimeout = connectTimeout
    self.maximumRequests = maximumRequests
    self.usesEnvironmentProxy = usesEnvironmentProxy
    self.responseLimit = responseLimit
    self.tls = tls
    self.authorization = authorization
    self.fields = fields
  }
}
