import Testing

@testable import Transport

struct URLAuthorityTests {
  @Test(
    arguments: [
      ("https://example.com", "example.com", 443), ("https://example.com:6443/path:1", "example.com", 6443),
      ("HTTPS://[::1]:6443/", "[::1]", 6443), ("https://[::1]", "[::1]", 443),
      ("https://10.0.0.1?x=1", "10.0.0.1", 443),
    ])
  func hostAndPortAreFound(url: String, host: String, port: Int) throws {
    let authority = try #require(URLAuthority(in: url))
    #expect(authority.host == host)
    #expect(authority.port == port)
  }

  @Test(arguments: ["http://example.com", "https://", "https://a:b/", "example.com", ""])
  func whatHasNoneIsRefused(_ url: String) {
    #expect(URLAuthority(in: url) == nil)
  }
}
