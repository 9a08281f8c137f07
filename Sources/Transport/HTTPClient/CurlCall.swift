internal import Model

/// An ``HTTPRequest`` in libcurl's terms.
struct CurlCall {
  let endpoint: CurlEndpoint
  let headers: CurlHeaderList

  /// - Throws: `network` where a field cannot be sent.
  init(_ request: HTTPRequest, _ configuration: HTTPClientConfiguration) throws(HTTPFailure) {
    var tls = configuration.tls
    if let identity = request.identity { tls.identity = identity }
    var url = request.url
    var lines = try Self.lines(of: request)
    var connectTo: CurlHeaderList?
    if let serverName = tls.serverName, let place = URLAuthority(in: url) {
      // libcurl asks the server to prove the URL's host: the name goes there, and the host where to connect to.
      connectTo = CurlHeaderList(["\(serverName):\(place.port):\(place.host):\(place.port)"])
      url.replaceSubrange(place.range, with: "\(serverName):\(place.port)")
      lines.append("Host: \(request.url[place.range])")
    }
    endpoint = CurlEndpoint(
      method: request.method, url: url, connectTo: connectTo, connectTimeout: configuration.connectTimeout,
      proxy: configuration.proxy, usesEnvironmentProxy: configuration.usesEnvironmentProxy,
      acknowledgementTimeout: configuration.acknowledgementTimeout, userAgent: configuration.userAgent, tls: tls,
      isStreamed: true)
    headers = CurlHeaderList(lines)
  }

  private static func lines(of request: HTTPRequest) throws(HTTPFailure) -> [String] {
    // What libcurl would send by itself, where the request does not say it: an Accept, the type of a form, and the
    // question whether a large body may come.
    var lines = ["Accept", "Content-Type", "Expect"].filter { request.fields[$0] == nil }.map { "\($0):" }
    for (name, value) in request.fields.fields {
      guard !name.isEmpty, !(name + value).utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
        throw .network("the header field \(name) cannot be sent: control characters")
      }
      lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    return lines
  }
}
