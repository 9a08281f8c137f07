/// Where requests go and how: what they have in common, so that an easy handle is set up once and used
/// for many of them.
final class CurlEndpoint: Sendable {
  /// The full URL.
  let url: String
  /// How long establishing a connection may take.
  let connectTimeout: Duration
  /// Whether `http_proxy` and its kin are heeded.
  let usesEnvironmentProxy: Bool
  /// The bytes of a response's body that are kept; a longer one ends the transfer.
  let responseLimit: Int
  /// Goes out as `User-Agent`.
  let userAgent: String
  /// Whom to trust and what to show where the URL is https.
  let tls: UpstreamTLSFiles

  init(
    url: String, connectTimeout: Duration, usesEnvironmentProxy: Bool, responseLimit: Int, userAgent: String,
    tls: UpstreamTLSFiles
  ) {
    self.url = url
    self.connectTimeout = connectTimeout
    self.usesEnvironmentProxy = usesEnvironmentProxy
    self.responseLimit = responseLimit
    self.userAgent = userAgent
    self.tls = tls
  }
}
