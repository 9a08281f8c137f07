package import Model

/// A request for ``HTTPClient``.
package struct HTTPRequest: Sendable {
  package var method: String
  /// The full URL, escaped.
  package var url: String
  package var fields: HeaderFields
  /// `nil` sends none.
  package var body: [UInt8]?
  /// How long it may take in all, connecting included.
  package var timeout: Duration
  /// The greatest length of the answer's body, in bytes.
  package var responseLimit: Int
  /// What is shown to a server of https instead of the client's own.
  package var identity: HTTPClientTLS.Identity?

  package init(
    _ method: String, _ url: String, fields: HeaderFields = [:], body: [UInt8]? = nil, timeout: Duration = .seconds(30),
    responseLimit: Int = 64 << 20
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.timeout = timeout
    self.responseLimit = responseLimit
  }
}
