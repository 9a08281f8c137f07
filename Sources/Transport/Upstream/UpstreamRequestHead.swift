internal import Model

/// The header fields of a tenant's requests, in the form in which they go out. Made once and used for many requests.
struct UpstreamRequestHead: Sendable {
  /// For libcurl; empty where the request is written without it.
  let list: CurlHeaderList
  /// The request's head but for the length of its body; `nil` where libcurl writes it.
  let plain: SharedBytes?

  /// - Parameters:
  ///   - fields: complete lines, such as `Name: value`, beside what every request has.
  ///   - plainTarget: where the request is written without libcurl.
  init(_ fields: [String], userAgent: String, plainTarget: PlainTarget?) {
    plain = plainTarget.map { SharedBytes($0.head(userAgent: userAgent, fields: fields)) }
    // libcurl would ask for permission to send a large body, and wait for it.
    list = CurlHeaderList(plain == nil ? fields + ["Expect:", "Accept:"] : [])
  }
}
