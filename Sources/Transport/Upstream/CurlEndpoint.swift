/// Where requests go and how: what they have in common, so that an easy handle is set up once and used
/// for many of them.
final class CurlEndpoint: Sendable {
  /// `POST`, or another method.
  let method: String
  /// The full URL.
  let url: String
  /// A host and port that stand in for those of the URL, in libcurl's form.
  let connectTo: CurlHeaderList?
  /// How long establishing a connection may take.
  let connectTimeout: Duration
  /// The proxy's URL; without one, `http_proxy` and its kin may be heeded.
  let proxy: String?
  /// Whether `http_proxy` and its kin are heeded.
  let usesEnvironmentProxy: Bool
  /// How long what was sent may stay unacknowledged by the other side before the connection is dead; `nil` leaves
  /// that to the system, which takes a quarter of an hour.
  let acknowledgementTimeout: Duration?
  /// The bytes of a response's body that are kept; a longer one ends the transfer.
  let responseLimit: Int
  /// Goes out as `User-Agent`.
  let userAgent: String
  /// Whom to trust and what to show where the URL is https.
  let tls: HTTPClientTLS
  /// Whether transfers have a ``CurlStreamReceiver``, which gets all of the answer.
  let isStreamed: Bool

  init(
    method: String = "POST", url: String, connectTo: CurlHeaderList? = nil, connectTimeout: Duration,
    proxy: String? = nil, usesEnvironmentProxy: Bool, acknowledgementTimeout: Duration? = nil, responseLimit: Int = 0,
    userAgent: String, tls: HTTPClientTLS, isStreamed: Bool = false
  ) {
    self.method = method
    self.url = url
    self.connectTo = connectTo
    self.connectTimeout = connectTimeout
    self.proxy = proxy
    self.usesEnvironmentProxy = usesEnvironmentProxy
    self.acknowledgementTimeout = acknowledgementTimeout
    self.responseLimit = responseLimit
    self.userAgent = userAgent
    self.tls = tls
    self.isStreamed = isStreamed
  }
}
