internal import CCurl

/// Where requests go that are written here and not by libcurl: the parts of an http URL that a request's head has.
struct PlainTarget: Sendable, Equatable {
  /// The value of `Host`.
  let authority: String
  /// The path, and the query where there is one.
  let path: String

  /// - Returns: `nil` where the URL is better left to libcurl: it is not http, or has a password or characters in it
  ///   that have to be encoded.
  init?(url: String) {
    guard let parsed = curl_url() else { return nil }
    defer { curl_url_cleanup(parsed) }
    guard curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
      Self.part(CURLUPART_SCHEME, of: parsed) == "http", Self.part(CURLUPART_USER, of: parsed) == nil,
      let host = Self.part(CURLUPART_HOST, of: parsed), let path = Self.part(CURLUPART_PATH, of: parsed)
    else { return nil }
    let port = Self.part(CURLUPART_PORT, of: parsed).flatMap { $0 == "80" ? nil : ":\($0)" }
    let query = Self.part(CURLUPART_QUERY, of: parsed).map { "?\($0)" }
    authority = host + (port ?? "")
    self.path = path + (query ?? "")
    guard (authority + self.path).utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// The beginning of a POST to here: everything but the length of its body.
  ///
  /// - Parameter fields: complete lines, such as `Name: value`, without line ends.
  func head(userAgent: String, fields: [String]) -> [UInt8] {
    let lines = ["POST \(path) HTTP/1.1", "Host: \(authority)", "User-Agent: \(userAgent)"] + fields
    return Array(lines.map { "\($0)\r\n" }.joined().utf8)
  }
}
