/// The host and port of an https URL.
struct URLAuthority {
  /// Where they stand.
  let range: Range<String.Index>
  /// With brackets where it is an address of IPv6.
  let host: String
  let port: Int

  /// - Returns: `nil` where the URL is not https, or has none.
  init?(in url: String) {
    let scheme = "https://"
    guard url.lowercased().hasPrefix(scheme) else { return nil }
    let start = url.index(url.startIndex, offsetBy: scheme.count)
    range = start..<(url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex)
    let authority = url[range]
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let port = Int(authority[authority.index(after: colon)...]) else { return nil }
      host = String(authority[..<colon])
      self.port = port
    } else {
      host = String(authority)
      port = 443
    }
    if host.isEmpty { return nil }
  }
}
