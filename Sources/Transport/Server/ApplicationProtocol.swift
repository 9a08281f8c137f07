/// The protocols that a connection can speak, by their names in ALPN.
package enum ApplicationProtocol: String, Sendable, CaseIterable {
  case http2 = "h2"
  case http1 = "http/1.1"
}
